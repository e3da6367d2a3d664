import { HighlightStyle, syntaxHighlighting } from "@codemirror/language"
import type { Extension } from "@codemirror/state"
import { EditorView } from "@codemirror/view"
import { tags } from "@lezer/highlight"

/** Words of a program. Each colour has 4.5 to 1 and more on the page's grounds, dark and light. */
const WORDS = HighlightStyle.define([
    { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: "var(--code-keyword)" },
    { tag: [tags.string, tags.regexp, tags.special(tags.string)], color: "var(--code-text)" },
    { tag: [tags.number, tags.bool, tags.null, tags.self], color: "var(--code-value)" },
    { tag: [tags.typeName, tags.className, tags.namespace], color: "var(--code-type)" },
    {
        tag: [tags.function(tags.variableName), tags.function(tags.propertyName)],
        color: "var(--code-call)",
    },
    { tag: tags.propertyName, color: "var(--ink)" },
    { tag: tags.comment, color: "var(--pale)", fontStyle: "italic" },
    { tag: tags.invalid, color: "var(--bad)" },
])

const mixed = (name: string, percent: number) =>
    `color-mix(in srgb, var(--${name}) ${percent}%, transparent)`

/** The page's own colours by their names: one theme is dark and light. */
const THEME = EditorView.theme({
    "&": {
        height: "100%",
        color: "var(--ink)",
        backgroundColor: "var(--surface)",
        fontSize: "13px",
        // Beside the page's grounds: what GitHub has for code, which its other colours are from.
        "--code-keyword": "light-dark(#cf222e, #ff7b72)",
        "--code-text": "light-dark(#0a3069, #a5d6ff)",
        "--code-value": "light-dark(#0550ae, #79c0ff)",
        "--code-type": "light-dark(#953800, #ffa657)",
        "--code-call": "light-dark(#6639ba, #d2a8ff)",
    },
    "&.cm-focused": { outline: "none" },
    ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6", overflow: "auto" },
    ".cm-content": { caretColor: "var(--ink)", padding: "6px 0" },
    ".cm-cursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
    "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground":
        { backgroundColor: mixed("live", 30) },
    ".cm-selectionMatch": { backgroundColor: mixed("live", 16) },
    ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: mixed("raised", 55) },
    ".cm-activeLineGutter": { color: "var(--ink)" },
    "&.cm-focused .cm-matchingBracket": {
        backgroundColor: "transparent",
        outline: "1px solid var(--live)",
    },
    "&.cm-focused .cm-nonmatchingBracket": {
        backgroundColor: "transparent",
        outline: "1px solid var(--bad)",
    },
    ".cm-gutters": {
        color: "var(--pale)",
        backgroundColor: "var(--surface)",
        borderRight: "1px solid var(--line)",
    },
    ".cm-lineNumbers .cm-gutterElement": { minWidth: "2.6em", padding: "0 6px 0 4px" },
    // What each line allocates, as in the panel of the sources: a bar from the right.
    "&.cm-costed .cm-costs": { minWidth: "6.4em" },
    ".cm-costs .cm-gutterElement": { display: "flex", padding: "0" },
    ".cm-cost": {
        flex: "1",
        padding: "0 6px",
        color: "var(--ink)",
        textAlign: "right",
        whiteSpace: "nowrap",
        fontSize: "12px",
        fontVariantNumeric: "tabular-nums",
        background: `linear-gradient(to left, ${mixed("live", 26)} var(--share), transparent var(--share))`,
    },
    ".cm-gutter-lint": { width: "1.2em" },
    ".cm-gutter-lint .cm-gutterElement": { padding: "0 0 0 3px" },
    ".cm-lint-marker-error": {
        content: '""',
        width: "9px",
        height: "9px",
        marginTop: "6px",
        backgroundColor: "var(--bad)",
        borderRadius: "50%",
    },
    ".cm-lintRange": { backgroundImage: "none" },
    ".cm-lintRange-error": {
        textDecoration: "underline wavy var(--bad)",
        textDecorationSkipInk: "none",
        textUnderlineOffset: "3px",
    },
    ".cm-lintRange-active": { backgroundColor: mixed("bad", 18) },
    ".cm-lintPoint:after": { borderBottomColor: "var(--bad)" },
    ".cm-diagnostic": {
        padding: "4px 10px",
        borderLeft: "3px solid var(--bad)",
        whiteSpace: "pre-wrap",
    },
    ".cm-tooltip": {
        maxWidth: "min(560px, 92vw)",
        color: "var(--ink)",
        backgroundColor: "var(--raised)",
        border: "1px solid var(--line)",
        borderRadius: "6px",
        overflow: "hidden",
    },
    ".cm-tooltip.cm-tooltip-autocomplete": { overflow: "visible" },
    ".cm-tooltip.cm-tooltip-autocomplete > ul": {
        maxHeight: "14em",
        minWidth: "min(240px, 80vw)",
        fontFamily: "var(--mono)",
        fontSize: "12px",
    },
    ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "3px 8px 3px 4px" },
    ".cm-tooltip-autocomplete > ul > li[aria-selected]": {
        color: "var(--ink)",
        backgroundColor: mixed("live", 30),
    },
    ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
    ".cm-completionDetail": { color: "var(--pale)", fontStyle: "normal" },
    ".cm-completionIcon": { color: "var(--pale)", opacity: "1", width: "1.3em" },
    ".cm-tooltip.cm-completionInfo": { padding: "6px 10px", maxWidth: "min(380px, 92vw)" },
    ".cm-facts": { padding: "6px 10px", maxHeight: "40vh", overflow: "auto", fontSize: "12px" },
    ".cm-completionInfo .cm-facts": { padding: "0" },
    ".cm-facts code": { fontFamily: "var(--mono)", whiteSpace: "pre-wrap" },
    ".cm-facts p": {
        margin: "4px 0 0",
        fontFamily: "system-ui, sans-serif",
        whiteSpace: "pre-wrap",
    },
    ".cm-facts b": { color: "var(--live)" },
    ".cm-panels": { color: "var(--ink)", backgroundColor: "var(--raised)" },
    ".cm-panels.cm-panels-top": { borderBottom: "1px solid var(--line)" },
    ".cm-panel.cm-search": {
        display: "flex",
        flexWrap: "wrap",
        gap: "4px 6px",
        alignItems: "center",
        padding: "6px 34px 6px 8px",
        fontFamily: "system-ui, sans-serif",
    },
    ".cm-panel.cm-search br": { flexBasis: "100%", height: "0", content: '""' },
    ".cm-panel.cm-search label": { display: "inline-flex", gap: "4px", alignItems: "center" },
    ".cm-panel.cm-search input, .cm-panel.cm-search button, .cm-panel.cm-search label": {
        margin: "0",
        fontSize: "12px",
    },
    ".cm-panel.cm-search [name=close]": {
        top: "6px",
        right: "6px",
        width: "24px",
        height: "24px",
        padding: "0",
        fontSize: "18px",
    },
    ".cm-textfield": {
        minHeight: "24px",
        color: "var(--ink)",
        backgroundColor: "var(--surface)",
        border: "1px solid var(--line)",
        borderRadius: "4px",
    },
    ".cm-button": {
        minHeight: "24px",
        color: "var(--ink)",
        backgroundColor: "transparent",
        backgroundImage: "none",
        border: "1px solid var(--line)",
        borderRadius: "4px",
        cursor: "pointer",
    },
    ".cm-searchMatch": { backgroundColor: mixed("warning", 35) },
    ".cm-searchMatch.cm-searchMatch-selected": {
        backgroundColor: mixed("warning", 60),
        outline: "1px solid var(--warning)",
    },
    ":focus-visible:not(.cm-content)": { outline: "2px solid var(--live)", outlineOffset: "1px" },
})

/** How the editor looks, by the variables of `page/theme.ts`. */
export const editorLooks: Extension = [THEME, syntaxHighlighting(WORDS)]
