using Amazon.CDK;
using ServerlessCqrs.Cdk.Rights;
using ServerlessCqrs.Cdk.Services;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>The templates, synthesized once: jsii is slow to start, and not thread-safe.</summary>
public sealed class Synthesis : IDisposable
{
    private readonly QuietKernel _kernel = new();
    private readonly Dictionary<DeploymentOptions, Cloud> _variants = [];

    public Synthesis()
    {
        Folder = Directory.CreateTempSubdirectory("shop-templates-").FullName;
        var programs = new PublishedPrograms(ProgramsFolder);
        foreach (var program in ShopTopology.All.Programs) Publish(programs, program);

        Production = Synthesize(ProductionOptions, programs);
        Development = Synthesize(DevelopmentOptions, programs);
    }

    public string Folder { get; }

    /// <summary>Where what was published would be.</summary>
    public string ProgramsFolder => Path.Combine(Folder, "programs");

    /// <summary>Provisioned stream, ClickHouse of our own.</summary>
    public DeploymentOptions ProductionOptions { get; } = new("prod", IsProduction: true, "shop@example.com", "operator@example.com", [], LambdaConcurrency: 1000);

    /// <summary>On-demand stream, a replicated ClickHouse elsewhere, a domain, browsers, a secret that was rotated, SES out of its sandbox.</summary>
    public DeploymentOptions DevelopmentOptions { get; } = new(
        "dev",
        IsProduction: false,
        "shop@example.com",
        "operator@example.com",
        ["https://shop.example.com"],
        new ClickHouseEndpoint("clickhouse.example.com", 8443, "shop", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:clickhouse-AbCdEf", IsReplicated: true),
        OnDemandStream: true,
        new CustomDomain("shop.example.com", "arn:aws:acm:us-east-1:111122223333:certificate/11112222-3333-4444-5555-666677778888"),
        EdgeSecret: 2,
        Node: NodeState.None,
        IsSesReady: true,
        LambdaConcurrency: 1000);

    public Cloud Production { get; }

    public Cloud Development { get; }

    // The folder is in the kernel's own.
    public void Dispose() => _kernel.Dispose();

    public string FolderOf(string environment) => Path.Combine(Folder, environment);

    /// <summary>The files of an environment's templates.</summary>
    public IEnumerable<string> TemplatesOf(string environment) => Directory.GetFiles(FolderOf(environment), "*.template.json");

    /// <summary>The files of templates that were changed.</summary>
    public IReadOnlyList<string> Write(Cloud cloud)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Folder, Guid.NewGuid().ToString("N"))).FullName;
        return [.. cloud.Templates.Select(template =>
        {
            var file = Path.Combine(folder, $"{template.Key}.template.json");
            File.WriteAllText(file, template.Value.ToJsonString());
            return file;
        })];
    }

    /// <summary>Production with other options, synthesized when it is first asked for.</summary>
    public Cloud Variant(DeploymentOptions options)
    {
        if (_variants.TryGetValue(options, out var known)) return known;
        return _variants[options] = Synthesize(options, new PublishedPrograms(ProgramsFolder),
            Path.Combine(Folder, $"variant-{_variants.Count}"));
    }

    /// <summary>Another system's templates.</summary>
    public Cloud Of(SystemTopology system, DeploymentOptions options)
    {
        var programs = new PublishedPrograms(Path.Combine(Folder, $"programs-{system.Name}"));
        foreach (var program in system.Programs) Publish(programs, program);
        return Synthesize(system, options, programs, [], Path.Combine(Folder, system.Name));
    }

    private Cloud Synthesize(DeploymentOptions options, PublishedPrograms programs, string? folder = null) =>
        Synthesize(ShopTopology.All, options, programs, ShopDeployment.Additions.OperatorRights, folder ?? FolderOf(options.Name));

    private static Cloud Synthesize(SystemTopology system, DeploymentOptions options, PublishedPrograms programs, IReadOnlyList<OperatorRight> rights, string folder)
    {
        var app = new App(new AppProps
        {
            Outdir = folder,
            AnalyticsReporting = false,
            Context = new Dictionary<string, object> { ["aws:cdk:enable-path-metadata"] = true, ["aws:cdk:disable-asset-staging"] = true },
        });
        _ = new SystemStacks(app, system, options, programs, rights);
        app.Synth();
        return Cloud.Read(folder);
    }

    /// <summary>The code itself is the publishing step's matter; a template holds its hash alone.</summary>
    private static void Publish(PublishedPrograms programs, Topology.Program program)
    {
        Directory.CreateDirectory(programs.FolderOf(program));
        File.WriteAllText(Path.Combine(programs.FolderOf(program), $"{PublishedPrograms.EntryOf(program)}.dll"), program.Name);
    }
}

[CollectionDefinition(Name)]
public sealed class SynthesisCollection : ICollectionFixture<Synthesis>
{
    public const string Name = "synthesis";
}
