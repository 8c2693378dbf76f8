namespace ServerlessCqrs.Operator.Import;

/// <summary>
/// Waiting entries, oldest first, checked in windows. Entries complete nearly in their order, so a check begins with
/// the oldest. If none in a window has completed, the next check takes the next window, and after the last one the
/// first again. Entries that never complete therefore do not block the others.
/// </summary>
internal sealed class WaitingList<T>(int window)
{
    private readonly List<T> _all = [];
    private int _from;

    public int Count => _all.Count;

    public IEnumerable<T> All => _all;

    public void Add(T item) => _all.Add(item);

    /// <summary>Checks one window and removes the completed entries. True if all of the window had completed.</summary>
    /// <param name="look">Finds the completed entries of a window.</param>
    public async Task<bool> LookAsync(Func<IReadOnlyList<T>, Task<Predicate<T>>> look)
    {
        if (_all.Count == 0) return false;
        if (_from >= _all.Count) _from = 0;
        var looked = _all.GetRange(_from, Math.Min(window, _all.Count - _from));
        var hasCome = await look(looked);
        var came = looked.Count(item => hasCome(item));
        if (came > 0) _all.RemoveAll(hasCome);
        _from = came > 0 ? 0 : _from + looked.Count;
        return came == looked.Count;
    }
}
