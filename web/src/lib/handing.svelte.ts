// What somebody hands to the program, files or a path, from the choice to the job that brings it in.
import type { Job } from "../api";
import { work } from "./jobs.svelte";
import { Upload, type Chosen } from "./upload.svelte";

/** Where the program finds what was handed over. */
export interface Place {
  path?: string;
  upload_id?: string;
}

export class Handing {
  chosen = $state.raw<Chosen[]>([]);
  path = $state("");
  upload = $state.raw<Upload | null>(null);
  failure = $state.raw<unknown>(null);
  private jobId = $state<number | null>(null);

  get job(): Job | null {
    return this.jobId === null ? null : (work.byId(this.jobId) ?? null);
  }

  get isThere(): boolean {
    return this.chosen.length > 0 || this.path !== "";
  }

  get isBusy(): boolean {
    return this.upload !== null || (this.job !== null && this.job.state !== "failed");
  }

  /** Name of the folder or file that was chosen. */
  get name(): string {
    return (this.path ? this.path.split(/[\\/]/).filter(Boolean).at(-1) : this.chosen[0]?.path.split("/")[0]) ?? "";
  }

  take(files: Chosen[]): void {
    this.chosen = files;
    this.path = "";
  }

  takePath(from: string): void {
    this.path = from;
    this.chosen = [];
  }

  /** Sends the files, if there are any, and tells whether the job began; what fails is kept, a stop by hand is no failure. */
  async begin(start: (place: Place) => Promise<{ job_id: number }>): Promise<boolean> {
    this.failure = null;
    try {
      let place: Place = { path: this.path };
      if (!this.path) {
        this.upload = new Upload(this.chosen);
        place = { upload_id: await this.upload.run() };
      }
      this.jobId = (await start(place)).job_id;
      return true;
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "AbortError")) this.failure = error;
      return false;
    } finally {
      this.upload = null;
    }
  }
}
