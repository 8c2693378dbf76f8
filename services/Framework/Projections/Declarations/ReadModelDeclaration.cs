using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Projections.Declarations;

/// <summary>
/// One version of one read model, declared once. Its stores, tables, indexes, settings, circuit and lag follow from this.
/// </summary>
/// <param name="name">Name and version, as in <c>accounts-v1</c>: of its table, its lag and its log lines.</param>
/// <param name="documents">What it makes of each category that it follows. The first is what the read model is about.</param>
public sealed class ReadModelDeclaration(string name, params IReadOnlyList<DocumentDeclaration> documents)
{
    private Table? _table;

    public string Name => name;

    public IReadOnlyList<DocumentDeclaration> Documents => documents;

    /// <summary>What all versions of the read model are called together, as in <c>accounts</c>.</summary>
    public string Family => FamilyOf(name);

    /// <summary>Declared, and not written before an operator wakes it: a version that is built beside the one that serves.</summary>
    public bool IsBornAsleep { get; init; }

    /// <summary>How long a reader waits for one of its documents.</summary>
    public TimeSpan ReadLimit { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Tables that a store of its own keeps beside the items.</summary>
    public IReadOnlyList<Table> BesideItems { get; init; } = [];

    /// <summary>Where its items are, by stream.</summary>
    public Table Table => _table ??= new Table(
        name,
        new KeyAttribute("stream"),
        Indexes: documents.SelectMany(document => document.Indexes).ToList() is { Count: > 0 } indexes ? indexes : null);

    /// <summary>All its tables, the items' first.</summary>
    public IEnumerable<Table> Tables => BesideItems.Prepend(Table);

    internal static string FamilyOf(string name) => name[..name.LastIndexOf('-')];
}
