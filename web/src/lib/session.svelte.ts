// What the whole page knows: the open case, and whether the program still answers.
import { api, ApiError, watchConnection, type CaseInfo, type Session } from "../api";

let session = $state.raw<Session | null>(null);
let failure = $state.raw<ApiError | null>(null);
let connection = $state<"fine" | "offline" | "lost">("fine");
let recovered = $state(0);
let retry: ReturnType<typeof setTimeout> | undefined;

watchConnection((error) => {
  if (error === null && connection === "offline") recovered += 1;
  connection = error === null ? "fine" : error.offline ? "offline" : "lost";
  if (connection === "offline" && retry === undefined) {
    retry = setTimeout(() => {
      retry = undefined;
      void loadSession();
    }, 3000);
  }
});

export const app = {
  get session() {
    return session;
  },
  get case(): CaseInfo | null {
    return session?.case ?? null;
  },
  get connection() {
    return connection;
  },
  /** Counts up when the program answers again: screens load anew. */
  get recovered() {
    return recovered;
  },
  get failure() {
    return failure;
  },
  useCase(info: CaseInfo) {
    if (session) session = { ...session, case: info };
  },
};

export async function loadSession(): Promise<void> {
  try {
    session = await api.session();
    failure = null;
  } catch (error) {
    failure = error instanceof ApiError ? error : null;
  }
}

/** Read the counts of the open case again, e.g. after a job has ended. */
export async function refreshCase(): Promise<void> {
  if (!session?.case) return;
  try {
    app.useCase(await api.case());
  } catch {
    // The connection banner already says so.
  }
}
