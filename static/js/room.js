// Optional: a draft is saved and merged without it, by its buttons. Saves what is typed after two seconds, says who else
// writes, brings in what they wrote without moving the caret, and keeps what could not be sent on this device.
(function () {
  var form = document.getElementById("room-form"), words = document.getElementById("room-words"), room = document.getElementById("room");
  if (!form || !words || !room || !window.fetch) return;
  words = words.dataset;
  var names = ["title", "article_title_fr", "text_fr", "article_title_en", "text_en", "motive", "after_key"].filter(function (n) { return form.elements[n]; });
  var prefix = "room:" + words.account + ":" + words.save + ":", store = prefix + newKey();
  var base = room.dataset.revision, clean = "unsaved" in room.dataset ? {} : values();
  var timer, busy = false, offline = false, ended = false, leaving = false, passing = false;

  function values() { var all = {}; names.forEach(function (n) { all[n] = form.elements[n].value; }); return all; }
  function same(a, b) { return names.every(function (n) { return a[n] === b[n]; }); }
  function dirty() { return !same(values(), clean); }
  function newKey() { return Array.from(crypto.getRandomValues(new Uint8Array(16)), function (b) { return b.toString(16).padStart(2, "0"); }).join(""); }
  function state(text) { document.getElementById("room-state").textContent = text; }
  function tell(text) {
    var p = document.createElement("p"), box = document.createElement("div"), old = document.getElementById("room-told");
    if (old.textContent.trim() === text) return;
    box.className = "told warning"; p.textContent = text; box.append(p); old.replaceChildren(box); passing = true;
  }
  function keep(copy) { try { if (copy) localStorage.setItem(store, JSON.stringify(copy)); else localStorage.removeItem(store); } catch (e) { /* a full or closed store: the page itself still has the words */ } }
  function kept(name) { try { return JSON.parse(localStorage.getItem(name || store)); } catch (e) { return null; } }
  function copyNow() { return { base: base, key: newKey(), texts: values(), version: form.elements.base && form.elements.base.value }; }

  // Where a caret of `old` stands in `text`: counted from the nearer unchanged end, else after the same words.
  function moved(old, text, at) {
    var first = 0, last = 0, most = Math.min(old.length, text.length);
    while (first < most && old[first] === text[first]) first++;
    while (last < most - first && old[old.length - 1 - last] === text[text.length - 1 - last]) last++;
    if (at <= first) return at;
    if (at >= old.length - last) return text.length - (old.length - at);
    for (var n = 24; n > 3; n -= 4) {
      var found = text.indexOf(old.slice(Math.max(0, at - n), at));
      if (found >= 0) return found + Math.min(n, at);
    }
    return Math.min(at, text.length - last);
  }
  function put(name, text) {
    var el = form.elements[name], old = el.value, focused = document.activeElement === el && el.setSelectionRange;
    var start = focused && el.selectionStart, end = focused && el.selectionEnd, top = el.scrollTop;
    if (old === text) return;
    el.value = text;
    if (focused) { el.setSelectionRange(moved(old, text, start), moved(old, text, end)); el.scrollTop = top; }
  }
  function body(copy) {
    var data = new FormData();
    names.forEach(function (n) { data.append(n, copy.texts[n]); });
    data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    if (form.elements.base) data.append("base", copy.version || form.elements.base.value);
    data.append("revision", copy.base); data.append("key", copy.key);
    return data;
  }
  function ask(url, data) {
    return fetch(url, { method: "POST", body: data, credentials: "same-origin", headers: { "X-Requested-With": "fetch" } }).then(function (answer) {
      return answer.text().then(function (html) {
        var fresh = new DOMParser().parseFromString(html, "text/html").getElementById("room");
        if (!fresh) { var error = new Error(answer.status); error.answered = answer.status < 500; throw error; }
        return { ok: answer.ok, room: fresh };
      });
    });
  }
  // The parts of the answer that changed; nothing is said twice, and no choice being made is taken away.
  function show(fresh, quiet) {
    var part = function (id) { return fresh.querySelector("#" + id); }, told = part("room-told").textContent.trim();
    if (part("room-state").textContent && !(quiet && dirty())) state(part("room-state").textContent);
    document.getElementById("room-here").replaceChildren.apply(document.getElementById("room-here"), Array.from(part("room-here").childNodes));
    if (told || passing || room.dataset.waiting && !fresh.dataset.waiting) {
      document.getElementById("room-told").replaceChildren.apply(document.getElementById("room-told"), Array.from(part("room-told").childNodes));
      passing = false;
    }
    if (fresh.dataset.waiting !== room.dataset.waiting) {
      document.getElementById("room-waiting").replaceChildren.apply(document.getElementById("room-waiting"), Array.from(part("room-waiting").childNodes));
      room.dataset.waiting = fresh.dataset.waiting;
    }
    if (fresh.dataset.ended) { ended = true; clearInterval(ticking); }
  }
  function texts(fresh) { return JSON.parse(fresh.querySelector("#room-texts").textContent); }
  function failed(error) {
    offline = !error.answered;
    tell(offline ? words.offline : words.refused);
  }
  function save() {
    clearTimeout(timer);
    if (busy || ended || !dirty()) return Promise.resolve();
    var copy = kept(), now = values();
    if (!copy || !same(copy.texts, now) || copy.base !== base) { copy = copyNow(); keep(copy); }
    busy = true;
    return ask(words.save, body(copy)).then(function (answer) {
      busy = false;
      if (!answer.ok) { show(answer.room); passing = true; return; }
      var news = texts(answer.room), still = same(values(), now), back = offline && !answer.room.querySelector("#room-told").textContent.trim();
      offline = false;
      if (still) {
        names.forEach(function (n) { if (n in news) put(n, news[n]); });
        base = answer.room.dataset.revision; clean = values();
        keep(null);
      } else if (!answer.room.dataset.ended) {
        base = answer.room.dataset.own; clean = now; keep(copyNow()); wait();
      }
      show(answer.room);
      if (back) tell(words.back);
    }, function (error) { busy = false; failed(error); });
  }
  function wait() { clearTimeout(timer); timer = setTimeout(save, 2000); }
  function tick() {
    if (busy || ended || document.hidden) return;
    if (offline) return save();
    var data = new FormData(), here = document.activeElement && document.activeElement.name;
    data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    data.append("revision", base); data.append("field", names.indexOf(here) < 0 ? "" : here);
    var asked = base;
    ask(words.presence, data).then(function (answer) {
      if (busy || asked !== base) return;
      var news = texts(answer.room), newer = Object.keys(news).length;
      if (dirty()) { if (newer) save(); return; }
      names.forEach(function (n) { if (n in news) put(n, news[n]); });
      base = answer.room.dataset.ended ? base : answer.room.dataset.revision; clean = values();
      show(answer.room, true);
    }, function (error) { if (error.answered) failed(error); });
  }
  form.addEventListener("input", function (event) {
    if (names.indexOf(event.target.name) < 0 || ended) return;
    state(words.writing);
    keep(copyNow());
    wait();
  });
  // A button of the form sends the words itself, under the same name as a save under way, so that none counts twice.
  form.addEventListener("submit", function () {
    var copy = kept();
    leaving = true; clearTimeout(timer);
    form.elements.revision.value = copy ? copy.base : base;
    if (copy) form.elements.key.value = copy.key;
  });
  addEventListener("pagehide", function () {
    var copy = kept();
    if (copy && !leaving && !ended && dirty() && navigator.sendBeacon) navigator.sendBeacon(words.save, body(copy));
  });
  addEventListener("pageshow", function (event) { leaving = false; if (event.persisted) location.reload(); });
  addEventListener("online", save);
  // Words this device could not send the last time are sent on what they were written on; what comes of it is polled.
  function sendLeft() {
    var left = [];
    try { left = Object.keys(localStorage).filter(function (name) { return name.indexOf(prefix) === 0; }); } catch (e) { /* no store: nothing was kept */ }
    return left.reduce(function (before, name) {
      var copy = kept(name);
      return before.then(function () {
        if (!copy || !copy.texts || !names.every(function (n) { return typeof copy.texts[n] === "string"; })) return localStorage.removeItem(name);
        return ask(words.save, body(copy)).then(function (answer) { show(answer.room); if (answer.ok) localStorage.removeItem(name); });
      });
    }, Promise.resolve());
  }
  var ticking = setInterval(tick, 5000);
  sendLeft().catch(failed).then(function () { if (dirty()) wait(); tick(); });
})();
