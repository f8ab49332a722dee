/* What was marked stays on this phone until the receipt: one entry per visit in localStorage, photos in photos.js. */
(function () {
  "use strict";
  var PREFIX = "cw-visit-";
  function read(uuid) {
    try { return JSON.parse(localStorage.getItem(PREFIX + uuid) || "null"); } catch (error) { return null; }
  }
  function write(uuid, values) {
    try { localStorage.setItem(PREFIX + uuid, JSON.stringify(values)); return true; } catch (error) { return false; }
  }
  function drop(uuid) {
    try { localStorage.removeItem(PREFIX + uuid); } catch (error) { /* nothing was kept */ }
  }
  window.cwDraft = { read: read, write: write, drop: drop };
  var received = document.body.dataset.received;
  if (received) { drop(received); window.cwPhotos.drop(received).catch(function () { /* nothing was kept */ }); }
  document.querySelectorAll("[data-draft]").forEach(function (word) {
    var kept = read(word.dataset.draft);
    if (kept && kept.marked) {
      word.textContent = "标了 " + kept.marked + "\u00a0项";
      word.className = "st st-fix";
    }
  });
}());
