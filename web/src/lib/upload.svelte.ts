// Sending a dropped folder or a zip to the program: relative paths kept, a few files at a time, one count of bytes.
import { api, sendFile } from "../api";

export interface Chosen {
  path: string;
  file: File;
}
const AT_ONCE = 4;
const TRIES = 2;

/** Everything in a drop, folders walked to the end. Must be called while the event is being handled. */
export async function droppedFiles(transfer: DataTransfer): Promise<Chosen[]> {
  const entries = [...transfer.items].map((one) => one.webkitGetAsEntry()).filter((entry) => entry !== null);
  const found: Chosen[] = [];
  for (const entry of entries) await walk(entry, found);
  return found;
}

async function walk(entry: FileSystemEntry, found: Chosen[]): Promise<void> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    found.push({ path: entry.fullPath.replace(/^\//, ""), file });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // A reader hands out at most some hundred entries at a time, and none at the end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return;
    for (const one of some) await walk(one, found);
  }
}

export function chosenFiles(list: FileList): Chosen[] {
  return [...list].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}

export class Upload {
  sentBytes = $state(0);
  sentFiles = $state(0);
  readonly totalBytes: number;
  private readonly abort = new AbortController();
  private readonly under = new Map<number, number>();
  private finishedBytes = 0;
  private id: string | null = null;

  constructor(readonly files: Chosen[]) {
    this.totalBytes = files.reduce((sum, one) => sum + one.file.size, 0);
  }

  /** Send all; returns the id under which the program holds them. */
  async run(): Promise<string> {
    const { upload_id } = await api.startUpload();
    this.id = upload_id;
    let next = 0;
    const lane = async () => {
      while (next < this.files.length && !this.abort.signal.aborted) {
        const index = next;
        next += 1;
        await this.send(upload_id, index);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    return upload_id;
  }

  private async send(id: string, index: number): Promise<void> {
    const one = this.files[index] as Chosen;
    for (let attempt = 1; ; attempt += 1) {
      try {
        await sendFile(id, one.path, one.file, { progress: (bytes) => this.count(index, bytes), signal: this.abort.signal });
        break;
      } catch (error) {
        if (attempt >= TRIES || this.abort.signal.aborted) throw error;
      }
    }
    this.under.delete(index);
    this.finishedBytes += one.file.size;
    this.sentFiles += 1;
    this.count(-1, 0);
  }

  private count(index: number, bytes: number): void {
    if (index >= 0) this.under.set(index, bytes);
    let running = 0;
    for (const part of this.under.values()) running += part;
    this.sentBytes = Math.min(this.totalBytes, this.finishedBytes + running);
  }

  stop(): void {
    this.abort.abort();
    if (this.id) api.dropUpload(this.id).catch(() => undefined); // the program forgets stale uploads by itself
  }
}
