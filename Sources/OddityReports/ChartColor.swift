/// The colours of a chart, told apart by people with any kind of colour vision.
///
/// They are those of Okabe and Ito (2008), a little lighter on a dark page.
public enum ChartColor: String, CaseIterable, Sendable {
    /// Normal rows and first curves.
    case blue
    /// Anomalies and second curves.
    case vermilion
    /// A third colour.
    case green
    /// A fourth colour.
    case purple
    /// A fifth colour.
    case amber
    /// Frames of reference.
    case gray
}
