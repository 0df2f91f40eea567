// The access review in a frame: the file of the command line as it is, without rights in the page.
import { element } from "./dom";

/** Shows the access review. */
export class ReviewFrame {
  /** Settles when the last review is drawn. */
  public drawn: Promise<void> = Promise.resolve();
  private html = "";

  /** @param panel the panel of the view */
  public constructor(private readonly panel: HTMLElement) {
    panel.classList.add("framed");
  }

  /** Shows a review. The one before stays until it is drawn. */
  public show(html: string): void {
    if (html === this.html) {
      return;
    }
    this.html = html;
    const url = URL.createObjectURL(new Blob([html], { type: "text/html" }));
    const frame = element("iframe", {
      title: "Access review",
      sandbox: "allow-scripts allow-downloads",
      src: `${url}#picture-section`,
    });
    this.drawn = new Promise((resolve) => {
      frame.addEventListener("load", () => {
        while (frame.previousSibling) {
          frame.previousSibling.remove();
        }
        URL.revokeObjectURL(url);
        performance.mark("drawn");
        resolve();
      });
    });
    this.panel.append(frame);
  }
}
