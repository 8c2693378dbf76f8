namespace ServerlessCqrs.Operator.Import;

/// <summary>
/// What is waited for, oldest first, looked at in windows. Things come nearly in the order they were asked for, so the oldest are looked at; where none of them has come, the next ones are, and round again, so that some that
/// never come hide none of the others.
/// </summary>
internal sealed class WaitingList<T>(int window)
{
    private readonly List<T> _all = [];
    private int _from;

    public int Count => _all.Count;

    public IEnumerable<T> All => _all;

    public void Add(T item) => _all.Add(item);

    /// <summary>Looks at one window and takes out what has come. Whether all of it had, so that there may be more.</summary>
    /// <param name="look">Which of these have come.</param>
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
