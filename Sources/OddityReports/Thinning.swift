/// Leaves out the points of a curve that cannot be seen.
enum Thinning {
    /// Thins a curve given in pixels.
    ///
    /// First at most four points stay in each column of pixels (the first, the lowest, the highest
    /// and the last), then those nearer than `tolerance` to the line between their neighbours go
    /// (Ramer–Douglas–Peucker).
    ///
    /// - Parameters:
    ///   - points: The curve, in pixels.
    ///   - columnWidth: The width of a column, in pixels.
    ///   - tolerance: What cannot be seen, in pixels.
    static func thinned(
        _ points: [ChartPoint],
        columnWidth: Double = 1,
        tolerance: Double = 0.2
    ) -> [ChartPoint] {
        kept(of: points, columnWidth: columnWidth, tolerance: tolerance).map { points[$0] }
    }

    /// The places of the points that ``thinned(_:columnWidth:tolerance:)`` keeps, ascending.
    static func kept(
        of points: [ChartPoint],
        columnWidth: Double = 1,
        tolerance: Double = 0.2
    ) -> [Int] {
        let places = columns(of: points, width: columnWidth)
        let keeps = simplified(places.map { points[$0] }, tolerance: tolerance)
        return zip(places, keeps).filter(\.1).map(\.0)
    }

    private static func columns(of points: [ChartPoint], width: Double) -> [Int] {
        guard points.count > 500 else { return Array(points.indices) }
        var result: [Int] = []
        var start = 0
        while start < points.count {
            let column = (points[start].x / width).rounded(.down)
            var end = start
            var lowest = start
            var highest = start
            while end < points.count, (points[end].x / width).rounded(.down) == column {
                if points[end].y < points[lowest].y { lowest = end }
                if points[end].y > points[highest].y { highest = end }
                end += 1
            }
            result += Set([start, lowest, highest, end - 1]).sorted()
            start = end
        }
        return result
    }

    /// Which points stay.
    private static func simplified(_ points: [ChartPoint], tolerance: Double) -> [Bool] {
        guard points.count > 2 else { return points.map { _ in true } }
        var keeps = [Bool](repeating: false, count: points.count)
        keeps[0] = true
        keeps[points.count - 1] = true
        var stretches = [(0, points.count - 1)]
        while let (first, last) = stretches.popLast() {
            var farthest = first
            var distance = tolerance
            for index in (first + 1)..<max(first + 1, last) {
                let candidate = Self.distance(points[index], points[first], points[last])
                if candidate > distance { (farthest, distance) = (index, candidate) }
            }
            guard farthest > first else { continue }
            keeps[farthest] = true
            stretches.append((first, farthest))
            stretches.append((farthest, last))
        }
        return keeps
    }

    /// How far a point is from a line between two points.
    private static func distance(_ p: ChartPoint, _ a: ChartPoint, _ b: ChartPoint) -> Double {
        let (dx, dy) = (b.x - a.x, b.y - a.y)
        let square = dx * dx + dy * dy
        let share = square > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / square : 0
        let nearest = min(max(share, 0), 1)
        let (ex, ey) = (p.x - a.x - nearest * dx, p.y - a.y - nearest * dy)
        return (ex * ex + ey * ey).squareRoot()
    }
}
