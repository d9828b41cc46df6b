/// The network of pixels of a detector of images.
public enum PixelNetwork: Codable, Sendable, Equatable {
    /// Dense layers of ``ImageDetector/pixelSizes`` on the image pooled to at most 32 pixels a side.
    case dense
    /// Convolutions on the image pooled to at most 64 pixels a side.
    case convolutional(ConvolutionalNetwork)
}

/// Which measures of an image count.
public enum ImageMeasures: String, Codable, Sendable, CaseIterable {
    /// The whole, the parts, the points and the pixels, joined.
    case all
    /// The pixels alone; nothing else is trained.
    case pixels
}
