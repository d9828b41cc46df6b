/// How a numeric column is brought to the scale of the network.
public enum ScalingMethod: String, Codable, Sendable, CaseIterable {
    /// (x − mean) / standard deviation.
    case standardize
    /// (x − minimum) / (maximum − minimum): training values fill [0, 1].
    case minMax = "min-max"
    /// (x − median) / interquartile range; by the standard deviation where the range is 0.
    case robust
    /// x as it is.
    case none
}
