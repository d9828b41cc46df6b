// The names of how images are prepared and judged.

public import OddityDetectors
public import OddityImages

/// The variant of a network of pixels, by its name.
public enum ImageVariant: String, CaseIterable, Sendable, NamedChoice {
    /// An autoencoder and nothing else.
    case plain
    /// Few units of the code are active.
    case sparse
    /// Images are corrupted in training.
    case denoising
    /// The code is drawn from a distribution.
    case variational

    /// The variant.
    ///
    /// - Parameter level: The weight of a penalty, or the deviation of noise; nil for the default.
    public func variant(level: Float?) -> AutoencoderVariant {
        switch self {
        case .plain: .plain
        case .sparse: .sparse(.l1(weight: level ?? 0.001))
        case .denoising: .denoising(.gaussian(deviation: level ?? 0.1))
        case .variational: .variational(VariationalCode(klWeight: level ?? 0.001))
        }
    }
}

/// A change to images in training, by its name.
public enum ImageChange: String, CaseIterable, Sendable, NamedChoice {
    /// Left becomes right.
    case flip
    /// Top becomes bottom.
    case verticalFlip = "vertical-flip"
    /// By up to a pixel.
    case shift
    /// By up to a tenth.
    case brightness

    /// Makes the change.
    public func apply(to augmentation: inout ImageAugmentation) {
        switch self {
        case .flip: augmentation.flipsHorizontally = true
        case .verticalFlip: augmentation.flipsVertically = true
        case .shift: augmentation.shift = 1
        case .brightness: augmentation.brightness = 0.1
        }
    }
}

extension ImageSize: NamedChoice {
    /// One side, or width x height.
    public init?(named name: String) {
        let sides = name.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
        guard let width = sides[0], let height = sides.count == 1 ? width : sides[1],
            sides.count <= 2, (4...4096).contains(width), (4...4096).contains(height)
        else { return nil }
        self.init(width: width, height: height)
    }

    /// The forms of all values.
    public static var names: [String] { ["a side such as 64", "a size such as 96x64"] }
}

extension ImageNormalization: NamedChoice {
    /// Reads the name of a value; nil for another text.
    public init?(named name: String) {
        switch name {
        case "none": self = .none
        case "image": self = .perImage
        case "channel": self = .perChannel
        case "dataset": self = .perDataset
        default: return nil
        }
    }

    /// The names of all values.
    public static var names: [String] { ["image", "channel", "dataset", "none"] }
}

extension PixelScore.Summary: NamedChoice {
    /// `mean`, `top-share`, `top-share(0.1)`, `smoothed-maximum` or `smoothed-maximum(7)`.
    public init?(named name: String) {
        let parts = name.split(separator: "(", maxSplits: 1, omittingEmptySubsequences: false)
        let number = parts.count == 2 ? String(parts[1].dropLast()) : nil
        guard parts.count == 1 || name.hasSuffix(")") else { return nil }
        switch (parts[0], number) {
        case ("mean", nil): self = .mean
        case ("top-share", nil): self = .topShare()
        case ("smoothed-maximum", nil): self = .smoothedMaximum()
        case ("top-share", let number?):
            guard let share = Double(number) else { return nil }
            self = .topShare(share)
        case ("smoothed-maximum", let number?):
            guard let side = Int(number) else { return nil }
            self = .smoothedMaximum(side: side)
        default: return nil
        }
    }

    /// The forms of all values.
    public static var names: [String] { ["mean", "top-share(0.1)", "smoothed-maximum(7)"] }
}
