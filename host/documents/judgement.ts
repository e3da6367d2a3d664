/** Part of several documents: how a run is judged is told as an event, too. */
export type { Judgement, JudgementKind } from "../model/judgement"
