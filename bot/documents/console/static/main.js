/* Begins what a page has; a page without scripts reads and works the same, less quickly. */
import { begin as beginCalendar } from "./calendar.js";
import { begin as beginDeeds } from "./deeds.js";
import { begin as beginDrafts } from "./drafts.js";
import { begin as beginKeys } from "./keys.js";
import { begin as beginLive } from "./live.js";
import { begin as beginOverview } from "./overview.js";
import { begin as beginPanel } from "./panel.js";
import { begin as beginTable } from "./table.js";
import { begin as beginTicket } from "./ticket.js";
import { begin as beginValues } from "./values.js";

document.documentElement.classList.add("scripted");
for (const begin of [beginDeeds, beginDrafts, beginTable, beginTicket, beginPanel, beginKeys, beginValues, beginOverview, beginCalendar, beginLive]) begin();
