// What the backend azurerm sees of Azure, on loopback: a proxy that ends TLS itself, signs everybody in, and keeps
// blobs with their leases in memory. It connects to nothing.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { IncomingMessage, Server, ServerResponse, createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { AddressInfo } from "node:net";
import { join } from "node:path";

const SIGN_IN = "login.microsoftonline.com";
const STORAGE = "blob.core.windows.net";

interface Blob {
  content: Buffer;
  metadata: { [header: string]: string };
  lease?: string;
}

/** An answer: status, headers and body. */
type Answer = [number, { [header: string]: string }?, (Buffer | string)?];

/** A storage account or more, and the place where runners sign in. */
export class LoopbackAzure {
  /** What was asked for and is not Azure: host and port. */
  public readonly refused: string[] = [];
  private readonly blobs = new Map<string, Blob>();

  private constructor(
    private readonly proxy: Server,
    private readonly certificate: string,
  ) {}

  /** Starts it; `folder` is for its certificate. */
  public static async start(folder: string): Promise<LoopbackAzure> {
    const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    execFileSync(
      "openssl",
      [
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=loopback",
      ].concat([
        "-addext",
        `subjectAltName=DNS:${SIGN_IN},DNS:*.${STORAGE}`,
        "-keyout",
        key,
        "-out",
        cert,
      ]),
      { stdio: "pipe" },
    );
    const proxy = createServer();
    const azure = new LoopbackAzure(proxy, cert);
    const tls = createTlsServer(
      { key: readFileSync(key), cert: readFileSync(cert) },
      (request, response) => void azure.respond(request, response),
    );
    proxy.on("connect", ({ url = "" }: IncomingMessage, socket) => {
      const isAzure = url === `${SIGN_IN}:443` || url.endsWith(`.${STORAGE}:443`);
      socket.on("error", () => socket.destroy());
      socket.write(`HTTP/1.1 ${isAzure ? "200 OK" : "403 Forbidden"}\r\n\r\n`);
      if (isAzure) {
        tls.emit("connection", socket);
      } else {
        azure.refused.push(url);
        socket.end();
      }
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    return azure;
  }

  /** Variables of a runner that signs in with OIDC, as a pipeline does. */
  public get env(): NodeJS.ProcessEnv {
    const { port } = this.proxy.address() as AddressInfo;
    return {
      HTTPS_PROXY: `http://127.0.0.1:${port}`,
      SSL_CERT_FILE: this.certificate,
      ARM_USE_OIDC: "true",
      ARM_OIDC_TOKEN: "a token of the job",
      ARM_CLIENT_ID: "00000000-0000-0000-0000-0000000000cc",
    };
  }

  /** The blobs that are there, such as `examplestates/tfstate/haks-cluster.tfstate`, with their texts. */
  public get texts(): { [place: string]: string } {
    return Object.fromEntries(
      [...this.blobs].map(([place, { content }]) => [place, content.toString("utf8")]),
    );
  }

  public stop(): void {
    this.proxy.closeAllConnections();
    this.proxy.close();
  }

  private async respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
    }
    const [status, headers = {}, body = ""] = this.answer(request, Buffer.concat(chunks));
    response.writeHead(status, { "content-length": Buffer.byteLength(body), ...headers });
    response.end(request.method === "HEAD" ? undefined : body);
  }

  private answer({ method, url = "", headers }: IncomingMessage, body: Buffer): Answer {
    const { host = "" } = headers;
    if (host === SIGN_IN) {
      const token = { token_type: "Bearer", expires_in: 3600, access_token: "a.b.c" };
      return [200, { "content-type": "application/json" }, JSON.stringify(token)];
    }
    if (headers.authorization !== "Bearer a.b.c") {
      return [401];
    }
    const { pathname, searchParams } = new URL(url, `https://${host}`);
    const place = `${host.split(".")[0]}${pathname}`;
    const operation = `${method} ${searchParams.get("comp") ?? "blob"}`;
    if (operation === "GET list") {
      return [200, { "content-type": "application/xml" }, this.list(`${place}/`)];
    }
    const blob = this.blobs.get(place);
    if (operation === "PUT blob") {
      return this.put(place, blob, headers, body);
    }
    if (!blob) {
      return [404, { "x-ms-error-code": "BlobNotFound" }];
    }
    switch (operation) {
      case "HEAD blob":
      case "GET blob": {
        const length = String(blob.content.length);
        return [200, { ...blob.metadata, "content-length": length }, blob.content];
      }
      case "PUT metadata":
        blob.metadata = metadataIn(headers);
        return [200];
      case "PUT lease":
        return leased(blob, headers);
      default:
        return [400];
    }
  }

  private put(
    place: string,
    blob: Blob | undefined,
    headers: IncomingMessage["headers"],
    content: Buffer,
  ): Answer {
    if (blob?.lease !== undefined && blob.lease !== headers["x-ms-lease-id"]) {
      return [412, { "x-ms-error-code": "LeaseIdMissing" }];
    }
    this.blobs.set(place, { ...blob, content, metadata: metadataIn(headers) });
    return [201];
  }

  private list(container: string): string {
    const names = [...this.blobs.keys()].filter((place) => place.startsWith(container));
    const blobs = names.map((name) => `<Blob><Name>${name.slice(container.length)}</Name></Blob>`);
    return `<?xml version="1.0"?><EnumerationResults><Blobs>${blobs.join("")}</Blobs><NextMarker/></EnumerationResults>`;
  }
}

function leased(blob: Blob, headers: IncomingMessage["headers"]): Answer {
  if (headers["x-ms-lease-action"] === "release") {
    delete blob.lease;
    return [200];
  }
  if (blob.lease !== undefined) {
    return [409, { "x-ms-error-code": "LeaseAlreadyPresent" }];
  }
  blob.lease = String(headers["x-ms-proposed-lease-id"]);
  return [201, { "x-ms-lease-id": blob.lease }];
}

function metadataIn(headers: IncomingMessage["headers"]): { [header: string]: string } {
  const own = Object.entries(headers).filter(([name]) => name.startsWith("x-ms-meta-"));
  return Object.fromEntries(own.map(([name, value]) => [name, String(value)]));
}
