// How a page is cited and linked to.
import { t } from "./i18n.svelte";
import { copyText } from "./announce.svelte";
import type { Viewer } from "./viewer.svelte";

/** `/b/ICE%200004521` where the page has a number, else its permanent id. */
export function permanentPath(label: string | null, pageId: number | null): string {
  return label ? `/b/${encodeURIComponent(label)}` : `/p/${pageId}`;
}

export async function copyLink(viewer: Viewer): Promise<void> {
  const path = permanentPath(viewer.label(viewer.page), viewer.pageId(viewer.page));
  await copyText(location.origin + path, t("viewer.linkCopied"));
}

/** The number of the page looked at, as cited: `ICE 0004521`. */
export async function copyCitation(viewer: Viewer): Promise<void> {
  const control = viewer.detail?.control ?? "";
  const citation = viewer.label(viewer.page) ?? t("viewer.citationPage", { control, n: viewer.page });
  await copyText(citation, t("viewer.citationCopied", { citation }));
}
