/* The chosen after-photo is shown where it will stand; without this file the file input says its name. */
(function () {
  "use strict";
  document.addEventListener("change", function (event) {
    var drop = event.target.closest("[data-drop]");
    if (!drop) { return; }
    var picture = drop.querySelector("img") || document.createElement("img");
    if (!event.target.files.length) {
      picture.remove();
      drop.classList.remove("has-photo");
      drop.querySelector("span").textContent = "拍整改后照片";
      return;
    }
    picture.alt = "选好的整改后照片";
    picture.src = URL.createObjectURL(event.target.files[0]);
    drop.appendChild(picture);
    drop.classList.add("has-photo");
    var kept = Array.from(event.target.form.elements).filter(function (one) { return one.name === "photos" && one.checked; });
    drop.querySelector("span").textContent = "已选 " + (event.target.files.length + kept.length) + "\u00a0张，点按可换";
  });
}());
