// What every page loads. Each import adds one behaviour; charts come later, when a page has one.
import "htmx.org";
import "./requests.js";
import "./toast.js";
import "./menu.js";
import "./dialog.js";
import "./theme.js";
import "./forms.js";
import "./tabs.js";
import "./combobox.js";
import "./dropzone.js";
import "./autosave.js";
import "./viewer.js";
import "./marker.js";
import "./steps.js";
import "./chart-loader.js";
import "./charts/picture.js";
import "./charts/tip.js";
import "./shortcuts.js";
import "./offline.js";
import "./notices.js";
import "./counting.js";
import { start } from "./behaviour.js";

document.documentElement.classList.add("js");
start();
