/* Begins what a page has; a page without scripts reads and works the same, less quickly. */
import { begin as beginLive } from "./live.js";
import { begin as beginOverview } from "./overview.js";

beginLive();
beginOverview();
