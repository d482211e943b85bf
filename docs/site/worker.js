// Search runs in a worker, and a page opened from a folder may have none: there a hidden frame stands in for it.
if (location.protocol === "file:") {
  window.Worker = class {
    constructor(address) {
      this.ended = false;
      this.waiting = []; // what is asked before the frame can answer
      this.frame = document.createElement("iframe");
      this.frame.hidden = true;
      this.frame.srcdoc = "<!doctype html><title>search</title>";
      this.frame.addEventListener("load", () => this.#begin(address), { once: true });
      document.body.append(this.frame);
    }

    #begin(address) {
      const inside = this.frame.contentWindow;
      inside.postMessage = (message) => this.#later(message, (event) => this.onmessage?.(event));
      const script = inside.document.createElement("script");
      script.src = address;
      script.onload = () => {
        const waiting = this.waiting;
        this.waiting = null;
        waiting.forEach((message) => this.postMessage(message));
      };
      script.onerror = (event) => this.onerror?.(event);
      inside.document.head.append(script);
    }

    // A copy, and not at once: as between a page and a worker.
    #later(message, take) {
      const data = structuredClone(message);
      setTimeout(() => this.ended || take({ data }));
    }

    postMessage(message) {
      if (this.waiting) this.waiting.push(structuredClone(message));
      else this.#later(message, (event) => this.frame.contentWindow.onmessage(event));
    }

    terminate() {
      this.ended = true;
      this.frame.remove();
    }
  };
}
