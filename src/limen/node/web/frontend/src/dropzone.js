// <div data-dropzone data-upload="URL" data-field="image" data-target="#images">: files by drop, paste, choice or camera,
// each posted on its own; the HTML that comes back goes into the target, or, with data-follow, the page goes where the
// server redirected. Without scripts the form within posts them.
import htmx from "htmx.org";
import { behaviour } from "./behaviour.js";
import { h, icon } from "./dom.js";
import { csrfToken, sentence } from "./requests.js";
import { t } from "./strings.js";

const AT_ONCE = 2;

class Dropzone {
  /** @param {HTMLElement} zone */
  constructor(zone) {
    this.zone = zone;
    this.field = zone.dataset.field ?? "image";
    this.accept = zone.dataset.accept ?? "image/*";
    this.megabytes = Number(zone.dataset.maxMegabytes ?? 25);
    this.queue = [];
    this.running = 0;
    zone.classList.add("dropzone");
    this.build();
    this.listen();
  }

  build() {
    const choose = (attributes, name, text) => {
      const input = h("input", { type: "file", accept: this.accept, class: "visually-hidden", tabindex: "-1", "aria-hidden": "true", ...attributes });
      input.addEventListener("change", () => { this.add(input.files); input.value = ""; });
      const button = h("button", { type: "button", class: "button", on: { click: () => input.click() } }, icon(name), text);
      return [input, button];
    };
    this.zone.querySelectorAll(".no-js").forEach((element) => { element.hidden = true; });
    const single = "single" in this.zone.dataset;
    const row = h("div", { class: "dropzone-actions" }, ...choose({ multiple: !single }, "upload", this.zone.dataset.choose ?? t("choose_files")));
    if (matchMedia("(pointer: coarse)").matches && this.accept.includes("image")) row.append(...choose({ capture: "environment" }, "camera", t("take_picture")));
    this.list = h("ul", { class: "dropzone-files", role: "list", "aria-live": "polite" });
    this.zone.append(row, this.list);
  }

  listen() {
    const { zone } = this;
    let depth = 0;
    const over = (on) => zone.classList.toggle("is-over", on);
    zone.addEventListener("dragenter", (event) => { event.preventDefault(); depth += 1; over(true); });
    zone.addEventListener("dragover", (event) => event.preventDefault());
    zone.addEventListener("dragleave", () => { depth -= 1; if (depth <= 0) { depth = 0; over(false); } });
    zone.addEventListener("drop", (event) => { event.preventDefault(); depth = 0; over(false); this.add(event.dataTransfer.files); });
    document.addEventListener("paste", (event) => {
      if (!zone.isConnected || !event.clipboardData?.files.length || document.querySelector("[data-dropzone]") !== zone) return;
      event.preventDefault();
      this.add(event.clipboardData.files);
    });
  }

  /** @param {FileList} files */
  add(files) {
    for (const file of files) {
      const row = h("li", {}, h("span", { class: "truncate" }, file.name), h("span", {}, ""));
      this.list.append(row);
      if (file.size > this.megabytes * 1e6) this.failed(row, t("file_too_large", { megabytes: this.megabytes }));
      else this.queue.push({ file, row });
    }
    this.next();
  }

  next() {
    while (this.running < AT_ONCE && this.queue.length) this.upload(this.queue.shift());
  }

  upload({ file, row }) {
    this.running += 1;
    const bar = h("progress", { max: 1, value: 0, "aria-label": t("uploading", { name: file.name }) });
    row.querySelector("progress")?.remove();
    row.append(bar);
    const body = new FormData();
    body.append("csrfmiddlewaretoken", csrfToken());
    for (const [name, value] of Object.entries(JSON.parse(this.zone.dataset.values ?? "{}"))) body.append(name, value);
    body.append(this.field, file, file.name);
    // fetch has no progress of uploads; XMLHttpRequest does.
    const request = new XMLHttpRequest();
    request.open("POST", this.zone.dataset.upload);
    request.setRequestHeader("HX-Request", "true");
    request.setRequestHeader("X-CSRFToken", csrfToken());
    request.setRequestHeader("Accept", "text/html, application/json;q=0.9");
    request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) bar.value = event.loaded / event.total; });
    request.addEventListener("load", () => this.answered(request, file, row));
    request.addEventListener("error", () => this.retry(file, row, t("not_reached")));
    request.addEventListener("loadend", () => { this.running -= 1; this.next(); });
    request.send(body);
  }

  answered(request, file, row) {
    if (request.status >= 200 && request.status < 300) {
      row.remove();
      if ("follow" in this.zone.dataset) return location.assign(request.responseURL);
      this.insert(request.responseText);
      this.handOn(file);
      return;
    }
    const text = new DOMParser().parseFromString(request.responseText, "text/html").querySelector("[data-toast] p")?.textContent;
    const told = text ?? sentence(request.status);
    if (request.status >= 500 || request.status === 429) this.retry(file, row, told);
    else this.failed(row, told);
  }

  insert(html) {
    const target = document.querySelector(this.zone.dataset.target ?? "");
    if (!target) return;
    const template = document.createElement("template");
    template.innerHTML = html;
    const added = [...template.content.children];
    if (this.zone.dataset.swap === "innerHTML") target.replaceChildren(template.content);
    else target.append(template.content);
    added.forEach((element) => htmx.process(element));
    this.zone.dispatchEvent(new CustomEvent("limen:uploaded", { bubbles: true, detail: { added } }));
  }

  /** A form in the answer may want the same file again: it waits in an input with data-dropped. @param {File} file */
  handOn(file) {
    const target = document.querySelector(this.zone.dataset.target ?? "");
    for (const input of target?.querySelectorAll("input[type=file][data-dropped]") ?? []) {
      const files = new DataTransfer();
      files.items.add(file);
      input.files = files.files;
    }
  }

  failed(row, text) {
    row.classList.add("is-failed");
    row.querySelector("progress")?.remove();
    row.children[1].replaceChildren(text, " ", h("button", { type: "button", class: "button button-small", on: { click: () => row.remove() } }, t("dismiss")));
  }

  retry(file, row, text) {
    this.failed(row, text);
    row.children[1].append(" ", h("button", {
      type: "button", class: "button button-small",
      on: { click: () => { row.classList.remove("is-failed"); row.children[1].replaceChildren(); this.queue.push({ file, row }); this.next(); } },
    }, t("again")));
  }
}

behaviour("[data-dropzone]", (zone) => new Dropzone(zone));
