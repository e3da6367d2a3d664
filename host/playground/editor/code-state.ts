import { closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete"
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands"
import { typescriptLanguage, tsxLanguage } from "@codemirror/lang-javascript"
import { jsonLanguage } from "@codemirror/lang-json"
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language"
import { lintGutter, nextDiagnostic, previousDiagnostic } from "@codemirror/lint"
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search"
import { Compartment, EditorState, Facet, type Extension } from "@codemirror/state"
import {
    drawSelection,
    EditorView,
    highlightActiveLine,
    highlightActiveLineGutter,
    keymap,
    lineNumbers,
} from "@codemirror/view"
import { callTooltip } from "./call-tooltip"
import { costGutter } from "./cost-gutter"
import { editorLooks } from "./editor-looks"
import { completions, hovers, type HelpOf } from "./help-tooltips"

/** How to leave, for whoever has no pointer: said beside the editor, and of its text. */
export const HOW_TO_LEAVE = "Tab indents. To leave the text, press Escape, then Tab."

/** The shell's: to run the program. */
const NOT_OURS = "Mod-Enter"

/** A token is read as a whole, whatever else waits. The longest line whose words have colours, in characters. */
const MAX_COLOURED_LINE = 20_000

/** The name of the file whose text a state has. */
export const fileName = Facet.define<string, string>({ combine: ([name = ""]) => name })
const named = new Compartment()

/** A file's text with its undo history. It needs no page: files that are not shown have one, too. */
export function makeState(
    name: string,
    text: string,
    helpOf: HelpOf,
    isFixed = false,
): EditorState {
    return EditorState.create({
        doc: text,
        extensions: [
            EditorState.tabSize.of(4),
            EditorState.readOnly.of(isFixed),
            indentUnit.of("    "),
            named.of(whatNameSays(name, text)),
            ...[history(), drawSelection(), indentOnInput(), bracketMatching(), closeBrackets()],
            ...[search({ top: true }), highlightSelectionMatches(), highlightActiveLine()],
            ...[callTooltip(helpOf), completions(helpOf), hovers(helpOf)],
            ...[costGutter, lintGutter(), lineNumbers(), highlightActiveLineGutter()],
            editorLooks,
            keymap.of([
                ...[...closeBracketsKeymap, ...searchKeymap, ...historyKeymap, ...completionKeymap],
                ...defaultKeymap.filter(({ key }) => key !== NOT_OURS),
                { key: "F8", run: nextDiagnostic, shift: previousDiagnostic },
                indentWithTab,
            ]),
        ],
    })
}

/** The same text under another name. */
export function renameState(state: EditorState, name: string): EditorState {
    return state.update({ effects: named.reconfigure(whatNameSays(name, state.doc.toString())) })
        .state
}

function whatNameSays(name: string, text: string): Extension {
    return [
        fileName.of(name),
        hasLongLine(text) ? [] : languageOf(name),
        EditorView.contentAttributes.of({
            "aria-label": `Text of ${name}`,
            // It can be reached anyway; who checks pages for that knows it by this alone.
            tabindex: "0",
            "aria-description": HOW_TO_LEAVE,
            autocapitalize: "off",
            spellcheck: "false",
        }),
    ]
}

function hasLongLine(text: string): boolean {
    for (let at = 0, end = 0; end >= 0; at = end + 1) {
        end = text.indexOf("\n", at)
        if ((end < 0 ? text.length : end) - at > MAX_COLOURED_LINE) return true
    }
    return false
}

function languageOf(name: string): Extension {
    if (name.endsWith(".tsx")) return tsxLanguage
    if (name.endsWith(".ts")) return typescriptLanguage
    return name.endsWith(".json") ? jsonLanguage : []
}
