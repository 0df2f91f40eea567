// npm run site:serve: shows dist/site on loopback.
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { AddressInfo } from "node:net";

const page = readFileSync("dist/site/index.html");
const port = Number(process.env.PORT ?? 8080);

const server = createServer(({ url = "" }, response) => {
  if (/^\/(index\.html)?([?#]|$)/.test(url)) {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(page);
  } else {
    response.writeHead(404).end();
  }
});

server.listen(port, "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
});
