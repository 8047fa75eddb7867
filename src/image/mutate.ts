import { asOciLayer } from './manifest.ts';
import type { ContainerConfig, HistoryEntry, Image, Layer, Platform } from './types.ts';

/** An image without layers. */
export function emptyImage(platform: Platform): Image {
  return {
    platform,
    config: { ...platform, config: {}, rootfs: { type: 'layers', diff_ids: [] }, history: [] },
    layers: [],
  };
}

/** The image with one more layer on top. */
export function appendLayer(image: Image, layer: Layer, history: HistoryEntry): Image {
  const { empty_layer: _, ...entry } = history;
  const { config } = image;
  return {
    ...image,
    config: {
      ...config,
      rootfs: { ...config.rootfs, diff_ids: [...config.rootfs.diff_ids, layer.diffId] },
      history: [...config.history, entry],
    },
    layers: [...image.layers, { ...layer, descriptor: asOciLayer(layer.descriptor) }],
  };
}

/** The image with another container config, and a line of history for the change. */
export function withContainerConfig(image: Image, container: ContainerConfig, history: HistoryEntry): Image {
  const { config } = image;
  return {
    ...image,
    config: {
      ...config,
      config: container,
      history: [...config.history, { ...history, empty_layer: true }],
    },
  };
}
