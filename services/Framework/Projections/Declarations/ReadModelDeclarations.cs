using ServerlessCqrs.EventStore.Snapshots;
using ServerlessCqrs.Projections.Stores;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Topology;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.Projections.Declarations;

/// <summary>All read models of a domain. Each program gets them passed in.</summary>
public sealed class ReadModelDeclarations
{
    /// <summary>What no single read model owns: builds, routes, states and watermarks.</summary>
    public static Table Checkpoints { get; } = new("checkpoints", new KeyAttribute("name"));

    /// <exception cref="ArgumentException">A name comes twice, has no version, or a read model follows a category twice.</exception>
    public ReadModelDeclarations(params IReadOnlyList<ReadModelDeclaration> models)
    {
        foreach (var model in models)
        {
            if (models.Count(other => other.Name == model.Name) > 1)
                throw new ArgumentException($"Two read models are called {model.Name}. Give one another name or version.", nameof(models));
            if (!model.Name.Contains('-', StringComparison.Ordinal))
                throw new ArgumentException($"The read model {model.Name} has no version. Call it {model.Name}-v1.", nameof(models));
            if (model.Documents.CountBy(document => document.Category).FirstOrDefault(category => category.Value > 1) is { Key: { } twice })
                throw new ArgumentException($"{model.Name} follows {twice} twice. Make one document of that category.", nameof(models));
        }

        Models = models;
    }

    public IReadOnlyList<ReadModelDeclaration> Models { get; }

    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public ReadModelDeclaration this[string name] => Models.FirstOrDefault(model => model.Name == name)
        ?? throw new ArgumentException($"Read model {name} not found. The read models are {string.Join(", ", Models.Select(model => model.Name))}.", nameof(name));

    /// <summary>
    /// Checks the domain, and that no read model forgot anything: each follows a stream of the domain and knows its events,
    /// each document has the shape of its JSON, each list is declared and stored. The local stack and the deployment do
    /// this first.
    /// </summary>
    /// <exception cref="InvalidOperationException">Something is missing. The message names each piece and its place.</exception>
    public ReadModelDeclarations EnsureComplete(Domain domain)
    {
        domain.EnsureComplete();
        var code = new TypeTests();
        List<DocumentDeclaration> documents = [.. Models.SelectMany(model => model.Documents)];
        List<string> missing =
        [
            .. documents.SelectMany(document => document.MissingIn(domain, code)).Distinct(),
            .. ReadModelCheck.Undeclared(documents),
        ];
        return missing.Count == 0 ? this : throw new InvalidOperationException($"The read models are not complete:\n{string.Join('\n', missing)}");
    }

    /// <summary>The tables of all read models, and the checkpoints.</summary>
    public IEnumerable<Table> Tables => Models.SelectMany(model => model.Tables).Append(Checkpoints);

    /// <summary>The versions of one read model, the first one first.</summary>
    public IReadOnlyList<ReadModelDeclaration> VersionsOf(string family) => [.. Models.Where(model => model.Family == family).OrderBy(model => model.IsBornAsleep)];

    /// <summary>The setting with the name that a table has where the program runs: <c>ACCOUNTS_V1_TABLE</c> of <c>accounts-v1</c>.</summary>
    public static string SettingOf(Table table) => $"{table.Name.Replace('-', '_').ToUpperInvariant()}_TABLE";

    /// <summary>The read models at work on these stores.</summary>
    /// <param name="snapshots">Null to keep none.</param>
    public ReadModelCatalogue Over(ReadModelStores stores, StreamReader reader, ISnapshots? snapshots = null) => new([.. Models.Select(model =>
        new ReadModel(model.Name, [.. model.Documents.Select(document => document.Follow(model.Name, stores, reader, snapshots))])
        {
            IsBornAsleep = model.IsBornAsleep,
        })]);
}
