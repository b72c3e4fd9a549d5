/* Pages of a bimtek stay alive: an answer waits on the phone until the server has it, and what others do is seen by itself.
   Everything works without this script too. */
"use strict";
(() => {
  const note = (text) => {
    const place = document.getElementById("sambungan");
    if (!place) return;
    place.hidden = !text;
    place.textContent = text;
  };
  const store = {
    get(key) { try { return localStorage.getItem(key); } catch (error) { return null; } },
    set(key, value) { try { localStorage.setItem(key, value); } catch (error) { /* private window: the form still goes */ } },
    drop(key) { try { localStorage.removeItem(key); } catch (error) { /* nothing was kept */ } },
  };
  const AGAIN = 3000;

  async function send(action, body, key) {
    for (;;) {
      let reply = null;
      try {
        reply = await fetch(action, {
          method: "POST", body, credentials: "same-origin",
          headers: { accept: "application/json", "content-type": "application/x-www-form-urlencoded" },
        });
      } catch (error) { reply = null; }
      if (reply && reply.status < 500) {
        store.drop(key);
        const values = await reply.json().catch(() => ({}));
        if (reply.ok && values.lanjut) { location.assign(values.lanjut); return; }
        note(values.detail || "Jawaban belum diterima; muat ulang halaman ini.");
        return;
      }
      note("Sambungan terputus. Jawaban Anda tersimpan di perangkat ini dan dikirim lagi begitu tersambung.");
      await new Promise((done) => setTimeout(done, AGAIN));
    }
  }

  const form = document.querySelector("form[data-jawab]");
  const key = `uep:${location.pathname}`;
  if (form) {
    form.addEventListener("submit", (event) => {
      if (!form.reportValidity()) return;
      event.preventDefault();
      const body = new URLSearchParams(new FormData(form)).toString();
      store.set(key, JSON.stringify({ action: form.getAttribute("action"), body }));
      form.querySelectorAll("button").forEach((button) => { button.disabled = true; });
      send(form.getAttribute("action"), body, key).finally(() => {
        form.querySelectorAll("button").forEach((button) => { button.disabled = false; });
      });
    });
  }
  const kept = store.get(key);
  if (kept) {  // the page was closed or reloaded before the server had this answer
    try { const { action, body } = JSON.parse(kept); send(action, body, key); } catch (error) { store.drop(key); }
  }

  // Countdown; the trainer may add time while it runs
  const clock = document.querySelector("[data-sisa]");
  let ends = 0;
  const setLeft = (seconds) => { ends = Date.now() + 1000 * Number(seconds); };
  if (clock) {
    setLeft(clock.dataset.sisa);
    const show = () => {
      const left = Math.max(0, Math.round((ends - Date.now()) / 1000));
      clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
      clock.classList.toggle("hampir", left <= 60);
    };
    show();
    setInterval(show, 500);
  }

  // A participant's page follows the trainer
  const waiting = document.querySelector("[data-keadaan]");
  if (waiting) {
    const before = waiting.dataset.tahap;
    let ended = waiting.dataset.habis === "ya";
    const look = async () => {
      try {
        const reply = await fetch(waiting.dataset.keadaan, { credentials: "same-origin", headers: { accept: "application/json" } });
        if (reply.ok) {
          if (!store.get(key)) note("");
          const values = await reply.json();
          if (values.sisa !== null) setLeft(values.sisa);
          if (values.tahap !== before || (values.sisa === 0) !== ended) { location.replace(location.pathname); return; }
        }
      } catch (error) {
        note("Sambungan terputus; halaman ini mencoba lagi sendiri.");
      }
      setTimeout(look, 4000);
    };
    setTimeout(look, 4000);
  }

  // The trainer's and the projector's pages show what is new without being reloaded
  const live = document.querySelector("[data-segarkan]");
  if (live) {
    const look = async () => {
      try {
        const reply = await fetch(location.href, { credentials: "same-origin", headers: { accept: "text/html" } });
        if (reply.ok) {
          const fresh = new DOMParser().parseFromString(await reply.text(), "text/html");
          const next = fresh.getElementById(live.id);
          if (!next || fresh.body.dataset.tahap !== document.body.dataset.tahap) { location.reload(); return; }
          if (next.innerHTML !== live.innerHTML) live.innerHTML = next.innerHTML;
          const time = fresh.querySelector("[data-sisa]");
          if (time) setLeft(time.dataset.sisa);
          note("");
        }
      } catch (error) {
        note("Sambungan ke server terputus; mencoba lagi.");
      }
      setTimeout(look, 1000 * Number(live.dataset.segarkan));
    };
    setTimeout(look, 1000 * Number(live.dataset.segarkan));
  }
})();
