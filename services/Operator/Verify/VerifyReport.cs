namespace ServerlessCqrs.Operator.Verify;

/// <summary>What verification found, counted as it goes. It keeps the first differences of each kind, and counts the others.</summary>
public sealed class VerifyReport
{
    /// <summary>So many of a kind tell what is wrong; the rest is a number.</summary>
    public const int KeptPerKind = 20;

    private readonly List<Difference> _kept = [];
    private readonly SortedDictionary<string, int> _totals = new(StringComparer.Ordinal);

    public int Streams { get; private set; }

    public int Events { get; private set; }

    public int Commands { get; private set; }

    public int Items { get; private set; }

    /// <summary>Events that only a tip holds so far; allowed until the stream's next commit.</summary>
    public int NotLoggedYet { get; private set; }

    /// <summary>At most <see cref="KeptPerKind"/> of each kind.</summary>
    public IReadOnlyList<Difference> Kept => _kept;

    /// <summary>How many there are of each kind.</summary>
    public IReadOnlyDictionary<string, int> Totals => _totals;

    /// <summary>How many things are wrong; items of an earlier shape are not.</summary>
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
