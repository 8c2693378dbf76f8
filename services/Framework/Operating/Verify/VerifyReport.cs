namespace ServerlessCqrs.Operating.Verify;

/// <summary>
/// The result of a verification, updated while it runs. It keeps the first differences of each kind and counts the
/// others.
/// </summary>
public sealed class VerifyReport
{
    /// <summary>The differences kept of a kind; the others are only counted.</summary>
    public const int KeptPerKind = 20;

    private readonly List<Difference> _kept = [];
    private readonly SortedDictionary<string, int> _totals = new(StringComparer.Ordinal);

    public int Streams { get; private set; }

    public int Events { get; private set; }

    public int Commands { get; private set; }

    public int Items { get; private set; }

    /// <summary>
    /// The number of events that only a tip has so far. The protocol allows them until the stream's next commit.
    /// </summary>
    public int NotLoggedYet { get; private set; }

    /// <summary>The first differences, at most <see cref="KeptPerKind"/> of each kind.</summary>
    public IReadOnlyList<Difference> Kept => _kept;

    /// <summary>The number of differences by kind.</summary>
    public IReadOnlyDictionary<string, int> Totals => _totals;

    /// <summary>The number of faults; items of an earlier shape do not count.</summary>
    public int Wrong => _totals.Where(total => total.Key != Differences.ItemOutdated).Sum(total => total.Value);

    public bool IsClean => Wrong == 0;

    internal void Add(IEnumerable<Difference> differences)
    {
        foreach (var difference in differences) Add(difference);
    }

    internal void Add(StreamEvidence evidence, IReadOnlyList<Difference> differences)
    {
        Streams++;
        Events += evidence.Events.Count;
        Commands += evidence.Outcomes.DistinctBy(outcome => outcome.CommandId).Count();
        Items += evidence.Items.Count(found => found.Item is not null);
        NotLoggedYet += evidence.NotLoggedYet;
        Add(differences);
    }

    private void Add(Difference difference)
    {
        var total = _totals.GetValueOrDefault(difference.Kind);
        if (total < KeptPerKind) _kept.Add(difference);
        _totals[difference.Kind] = total + 1;
    }
}
