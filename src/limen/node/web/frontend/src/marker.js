import "./behaviour.js";
