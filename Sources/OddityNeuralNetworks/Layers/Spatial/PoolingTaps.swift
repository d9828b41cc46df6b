/// The points of each pooling window that lie on the image, found once.
final class PoolingTaps: Sendable {
    /// Where in a row each point's channels begin, window by window.
    private let points: [Int]
    /// Where each window's points begin in `points`, and their end.
    private let starts: [Int]

    init(_ geometry: WindowGeometry) {
        var points: [Int] = []
        var starts = [0]
        for row in 0..<geometry.windows.height {
            for column in 0..<geometry.windows.width {
                for y in 0..<geometry.kernel.height {
                    let line = row * geometry.stride.height + y - geometry.start.height
                    guard (0..<geometry.image.height).contains(line) else { continue }
                    for x in 0..<geometry.kernel.width {
                        let place = column * geometry.stride.width + x - geometry.start.width
                        guard (0..<geometry.image.width).contains(place) else { continue }
                        points.append((line * geometry.image.width + place) * geometry.channels)
                    }
                }
                starts.append(points.count)
            }
        }
        self.points = points
        self.starts = starts
    }

    /// Calls `body` with all points, and where each window's points begin among them.
    func withPoints(_ body: (UnsafePointer<Int>, UnsafePointer<Int>) -> Void) {
        points.withUnsafeBufferPointer { points in
            starts.withUnsafeBufferPointer { starts in
                guard let points = points.baseAddress, let starts = starts.baseAddress else {
                    return
                }
                body(points, starts)
            }
        }
    }

    /// Calls `body` with each window and its points, of which there is at least one.
    @inline(__always)
    func forEach(_ body: (Int, UnsafeBufferPointer<Int>) -> Void) {
        points.withUnsafeBufferPointer { points in
            starts.withUnsafeBufferPointer { starts in
                for window in 0..<(starts.count - 1) {
                    body(
                        window,
                        UnsafeBufferPointer(rebasing: points[starts[window]..<starts[window + 1]])
                    )
                }
            }
        }
    }
}
