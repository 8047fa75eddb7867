import { writeTar } from '../../image/layer/tar-write.ts';
import type { Exporter } from '../exporter.ts';
import { destinationOf } from './destination.ts';
import { checkSplit, filesOf } from './files.ts';

export interface TarExporterOptions {
  /** A path, or `-` for standard output. */
  readonly dest: string;
  /** A folder for each platform; default: when there are several. */
  readonly platformSplit?: boolean | undefined;
  readonly stdout: NodeJS.WritableStream;
}

/** Writes the files of the final image as one archive: owners, times, links, devices and extended attributes as in the image. */
export function tarExporter({ dest, platformSplit, stdout }: TarExporterOptions): Exporter {
  const destination = destinationOf(dest, stdout);
  return {
    type: 'tar',
    description: `write the image's files as a tar to ${destination.name}`,
    async check(_signal, platforms = []) {
      checkSplit(platformSplit, platforms.length > 1);
      await destination.check();
    },
    async export(request) {
      const bytesSent = await destination.write(writeTar(filesOf(request, platformSplit)), request.signal);
      return { locations: [destination.name], bytesSent, bytesSkipped: 0 };
    },
  };
}
