// Light, dark, or as the system says.
export type Theme = "system" | "light" | "dark";
const STORED = "vaughn.theme";

function stored(): Theme {
  const value = localStorage.getItem(STORED);
  return value === "light" || value === "dark" ? value : "system";
}

let theme = $state<Theme>(stored());

export const appearance = {
  get theme() {
    return theme;
  },
  choose(next: Theme) {
    theme = next;
    if (next === "system") {
      localStorage.removeItem(STORED);
      delete document.documentElement.dataset.theme;
    } else {
      localStorage.setItem(STORED, next);
      document.documentElement.dataset.theme = next;
    }
  },
};
