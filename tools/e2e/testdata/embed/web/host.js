import { mount } from "./panel.js";

window.panels = {};
window.show = (id, options) => { panels[id] = mount(document.getElementById(id), options); };
