/// How the squared errors of an image's pixels become one measure.
public struct PixelScore: Codable, Sendable, Equatable {
    /// What is taken of the errors.
    public enum Summary: Codable, Sendable, Equatable {
        /// Their mean.
        case mean
        /// The mean of the largest ones, a share of all from above 0 to 1.
        case topShare(Double = 0.05)
        /// The largest mean over a square of pixels, 1 to 63 a side, which ends at the image's border.
        case smoothedMaximum(side: Int = 5)
    }

    /// What is taken of the errors; their mean by default.
    public var summary = Summary.mean
    /// Whether each pixel's error is first divided by its mean over held-out images; false by default.
    ///
    /// A mean below a tenth of the mean of all pixels counts as that tenth.
    public var standardizes = false

    /// The mean of the errors as they are.
    public init() {}

    func validate() throws {
        switch summary {
        case .mean: break
        case .topShare(let share):
            guard share > 0, share <= 1 else {
                throw DetectorError.invalidSetting(
                    name: "the share of pixels",
                    value: "\(share)",
                    remedy: "give a share above 0 and up to 1, such as 0.05"
                )
            }
        case .smoothedMaximum(let side):
            guard 1...63 ~= side, side % 2 == 1 else {
                throw DetectorError.invalidSetting(
                    name: "the side of the square of pixels",
                    value: "\(side)",
                    remedy: "give an odd number from 1 to 63, such as 5"
                )
            }
        }
    }
}
