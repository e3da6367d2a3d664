import { PACKAGE_ROOT } from "../../../project"

export function packageRoot(): string {
    return PACKAGE_ROOT
}
