/// Every n-th of some elements, so that no more than a limit are kept.
struct EvenSample<Element> {
    /// Those that were kept, in their order.
    private(set) var elements: [Element] = []
    /// Every n-th element is kept; n doubles where they become too many.
    private(set) var stride = 1
    /// The number of all elements.
    private(set) var count = 0
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    mutating func append(_ element: Element) {
        defer { count += 1 }
        guard count % stride == 0 else { return }
        elements.append(element)
        guard elements.count > limit else { return }
        elements = Swift.stride(from: 0, to: elements.count, by: 2).map { elements[$0] }
        stride *= 2
    }
}
