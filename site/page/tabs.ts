// Views as tabs, one at a time: https://www.w3.org/WAI/ARIA/apg/patterns/tabs/
import { byId, element } from "./dom";

/** A view. */
export interface View {
  /** The element that shows it. */
  readonly panel: HTMLElement;
  /** Sets the mark beside the name, such as a number; empty for none. */
  readonly mark: (text: string, kind?: "error" | "warning" | "change") => void;
}

const KEYS: { readonly [key: string]: (index: number, last: number) => number } = {
  ArrowRight: (index, last) => (index === last ? 0 : index + 1),
  ArrowLeft: (index, last) => (index === 0 ? last : index - 1),
  Home: () => 0,
  End: (_, last) => last,
};

/** The views, by their names. */
export class Tabs {
  private readonly tabs: HTMLElement[] = [];

  public constructor() {
    byId("tabs").addEventListener("keydown", (event) => {
      const next = KEYS[event.key]?.(this.index, this.tabs.length - 1);
      if (next !== undefined) {
        event.preventDefault();
        this.select(next);
        this.tabs[next]!.focus();
      }
    });
  }

  /** Adds a view. */
  public add(name: string): View {
    const id = name.toLowerCase();
    const mark = element("span", { class: "mark" });
    const index = this.tabs.length;
    const tab = element(
      "button",
      { type: "button", role: "tab", id: `tab-${id}`, "aria-controls": id },
      name,
      mark,
    );
    const panel = element("div", {
      role: "tabpanel",
      id,
      class: "panel",
      tabindex: 0,
      "aria-labelledby": tab.id,
    });
    tab.addEventListener("click", () => {
      this.select(index);
    });
    this.tabs.push(tab);
    byId("tabs").append(tab);
    byId("panels").append(panel);
    return {
      panel,
      mark: (text, kind) => {
        mark.textContent = text;
        mark.className = `mark ${kind ?? ""}`;
      },
    };
  }

  /** Shows a view, by its name. */
  public show(name: string): void {
    this.select(this.tabs.findIndex(({ id }) => id === `tab-${name.toLowerCase()}`));
  }

  private get index(): number {
    return this.tabs.findIndex((tab) => tab.getAttribute("aria-selected") === "true");
  }

  private select(index: number): void {
    this.tabs.forEach((tab, at) => {
      const isSelected = at === index;
      tab.setAttribute("aria-selected", String(isSelected));
      tab.tabIndex = isSelected ? 0 : -1;
      byId(tab.getAttribute("aria-controls")!).hidden = !isSelected;
    });
    this.tabs[index]!.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}
