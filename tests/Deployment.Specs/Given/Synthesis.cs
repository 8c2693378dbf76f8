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

        var page = Directory.CreateDirectory(Path.Combine(Folder, "page")).FullName;
        File.WriteAllText(Path.Combine(page, "index.html"), "the page");
        programs.PublishPage(ShopTopology.All, page);

        Production = Synthesize(ProductionOptions, programs);
        Development = Synthesize(DevelopmentOptions, programs);
    }

    public string Folder { get; }

    /// <summary>The folder of the published programs.</summary>
    public string ProgramsFolder => Path.Combine(Folder, "programs");

    /// <summary>A provisioned stream, and a ClickHouse node of the system.</summary>
    public DeploymentOptions ProductionOptions { get; } = new("prod", IsProduction: true, "shop@example.com", "operator@example.com", [], LambdaConcurrency: 1000);

    /// <summary>
    /// An on-demand stream, an external replicated ClickHouse, a domain, browsers, a rotated secret, and SES out of its
    /// sandbox.
    /// </summary>
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

    // The kernel deletes its folder, which contains this one.
    public void Dispose() => _kernel.Dispose();

    public string FolderOf(string environment) => Path.Combine(Folder, environment);

    /// <summary>The files of an environment's templates.</summary>
    public IEnumerable<string> TemplatesOf(string environment) => Directory.GetFiles(FolderOf(environment), "*.template.json");

    /// <summary>Writes the changed templates and returns their files.</summary>
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

    /// <summary>Production with other options, synthesized at its first use.</summary>
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

    /// <summary>Both environments keep a rule, and the rule finds this fault in production.</summary>
    /// <param name="found">Part of the rule's line about the fault.</param>
    public void Holds(Func<Cloud, IEnumerable<string>> rule, Action<Cloud> fault, string found)
    {
        Assert.Empty(rule(Production));
        Assert.Empty(rule(Development));
        Assert.Contains(rule(Production.Damaged(fault)), one => one.Contains(found, StringComparison.Ordinal));
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

    /// <summary>Creates a placeholder for the published code: a template contains only its hash.</summary>
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
