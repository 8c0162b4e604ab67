// The line between one device and the server: a proxy that can be cut, sockets and all.
//
// Playwright's own `setOffline` neither reaches a service worker nor ends an open WebSocket; a cut line does.
import net from "node:net";
import { Transform } from "node:stream";

export class Line {
  #sockets = new Set();
  #up = true;
  #until;

  /** How many bytes have gone to the server. */
  sent = 0;

  /** How many bytes a second a socket brings from the server; as many as come without a number. */
  rate;

  static async to(server) {
    const line = new Line();
    line.listener = net.createServer((near) => line.#join(near, server.port));
    await new Promise((ready) => line.listener.listen(0, "127.0.0.1", ready));
    line.url = `http://127.0.0.1:${line.listener.address().port}`;
    return line;
  }

  #join(near, port) {
    if (!this.#up) return near.destroy();
    const far = net.connect(port, "127.0.0.1");
    near.on("data", (data) => {
      this.sent += data.length;
      if (this.#until && this.sent >= this.#until.bytes) {
        this.cut();
        this.#until.done();
        this.#until = undefined;
      }
    });
    near.pipe(far);
    far.pipe(this.#narrow()).pipe(near);
    for (const [one, other] of [[near, far], [far, near]]) {
      this.#sockets.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        this.#sockets.delete(one);
        other.destroy();
      });
    }
  }

  #narrow() {
    const took = (bytes) => (this.rate ? (1000 * bytes) / this.rate : 0);
    return new Transform({
      transform: (data, _encoding, done) => setTimeout(() => done(null, data), took(data.length)),
    });
  }

  cut() {
    this.#up = false;
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Cuts the line by itself as soon as so many more bytes have gone to the server; resolves then. */
  cutAfter(bytes) {
    return new Promise((done) => {
      this.#until = { bytes: this.sent + bytes, done };
    });
  }

  mend() {
    this.#up = true;
  }

  close() {
    this.cut();
    return new Promise((done) => this.listener.close(done));
  }
}
