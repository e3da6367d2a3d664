import { MARKER } from "./check-markdown"

/** What a pipeline has to know of the project that it checks. */
export interface PipelineProject {
    /** From the repository's folder; empty where that is the same. */
    folder: string
    /** By its lock file. */
    packages: "npm" | "yarn"
    /** That changes are merged into. */
    branch: string
}

/** The check as every pipeline runs it, and as the README has it. */
export const CHECK_COMMAND = "npx heapscope check --markdown check.md --html check.html"

const NODE = "20"
const INSTALL = { npm: "npm ci", yarn: "yarn install --frozen-lockfile" }
const LOCKS = { npm: "package-lock.json", yarn: "yarn.lock" }

const HEAD = `# Holds what the programs take of memory to heapscope.config.json. \`heapscope init\` wrote it, once: it is yours.
`

/** The name of the workflow's file, and of the check: a repository may hold several projects. */
export function workflowName({ folder }: PipelineProject): string {
    return ["heapscope", ...folder.split("/").filter(part => part !== "")]
        .join("-")
        .replace(/[^\w-]+/g, "-")
}

/**
 * A workflow for GitHub Actions. The check itself may only read, so that it is the same for forks; the job
 * that keeps one comment up to date runs where it may write.
 */
export function githubWorkflow(project: PipelineProject): string {
    const { folder, packages, branch } = project
    const at = (file: string) => (folder === "" ? file : `${folder}/${file}`)
    const lock = at(LOCKS[packages])
    const name = workflowName(project)
    const key = `heapscope-\${{ runner.os }}-\${{ hashFiles(${quoted(lock)}) }}-`
    return `${HEAD}name: ${name}

on:
    push:
        branches: [${JSON.stringify(branch)}]
    pull_request:

permissions:
    contents: read

concurrency:
    group: ${name}-\${{ github.ref }}
    cancel-in-progress: true

jobs:
    check:
        runs-on: ubuntu-latest
        timeout-minutes: 30${folder === "" ? "" : `\n        defaults:\n            run:\n                working-directory: ${JSON.stringify(folder)}`}
        steps:
            - uses: actions/checkout@v4.2.2
            - uses: actions/setup-node@v4.4.0
              with:
                  node-version: ${NODE}
                  cache: ${packages}
                  cache-dependency-path: ${JSON.stringify(lock)}
            - run: ${INSTALL[packages]}
            - uses: actions/cache@v4.2.3
              with:
                  path: ~/.cache/heapscope
                  key: ${key}\${{ github.sha }}
                  restore-keys: ${key}
            - run: ${CHECK_COMMAND} --annotations /dev/stdout
            - if: \${{ !cancelled() && hashFiles(${quoted(at("check.md"))}) != '' }}
              run: cat check.md >> "$GITHUB_STEP_SUMMARY"
            - if: \${{ !cancelled() && hashFiles(${quoted(at("check.md"))}) != '' }}
              uses: actions/upload-artifact@v4.6.2
              with:
                  name: ${name}
                  path: |
                      ${at("check.md")}
                      ${at("check.html")}

    comment:
        needs: check
        if: \${{ !cancelled() && github.event_name == 'pull_request' && github.event.pull_request.head.repo.full_name == github.repository }}
        runs-on: ubuntu-latest
        timeout-minutes: 5
        permissions:
            pull-requests: write
        steps:
            - uses: actions/download-artifact@v4.3.0
              with:
                  name: ${name}
            - env:
                  GH_TOKEN: \${{ github.token }}
                  COMMENTS: repos/\${{ github.repository }}/issues
                  NUMBER: \${{ github.event.number }}
              run: |
                  file=$(find . -name check.md | head -n 1)
                  id=$(gh api "$COMMENTS/$NUMBER/comments" --paginate --jq '.[] | select(.body | startswith("${MARKER}")) | .id' | head -n 1)
                  if [ -n "$id" ]; then
                      gh api --method PATCH "$COMMENTS/comments/$id" --field "body=@$file" --silent
                  else
                      gh api "$COMMENTS/$NUMBER/comments" --field "body=@$file" --silent
                  fi
`
}

/** A job for GitLab, which a pipeline includes. */
export function gitlabJob(project: PipelineProject): string {
    const { folder, packages, branch } = project
    const at = (file: string) => (folder === "" ? file : `${folder}/${file}`)
    return `${HEAD}${workflowName(project)}:
    image: node:${NODE}-bookworm-slim
    timeout: 30m
    variables:
        XDG_CACHE_HOME: $CI_PROJECT_DIR/.cache
        npm_config_cache: $CI_PROJECT_DIR/.cache/npm
        YARN_CACHE_FOLDER: $CI_PROJECT_DIR/.cache/yarn
    cache:
        key:
            files: [${JSON.stringify(at(LOCKS[packages]))}]
        paths: [.cache/]
    rules:
        - if: $CI_PIPELINE_SOURCE == "merge_request_event"
        - if: $CI_COMMIT_BRANCH == ${JSON.stringify(branch)}
    script:${folder === "" ? "" : `\n        - cd ${JSON.stringify(folder)}`}
        - ${INSTALL[packages]}
        - ${CHECK_COMMAND} --junit check.xml --code-quality check-quality.json
    artifacts:
        when: always
        paths: [${JSON.stringify(at("check.html"))}]
        reports:
            junit: ${JSON.stringify(at("check.xml"))}
            codequality: ${JSON.stringify(at("check-quality.json"))}
`
}

/** A string in an expression of GitHub's. */
function quoted(text: string): string {
    return `'${text.replaceAll("'", "''")}'`
}
