using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.Cdk.Services;
using ServerlessCqrs.LocalRuntime.Prerequisites;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>The programs as they are published, built for this machine.</summary>
public sealed class Published : IAsyncLifetime
{
    private const string Runtime = "linux-x64";

    // Kept beside these tests' own program: the next run builds what changed.
    public PublishedPrograms Programs { get; } = new(Path.Combine(AppContext.BaseDirectory, "Published"));

    public Publisher Publisher => field ??= new Publisher(
        ShopTopology.All, Programs, Tool.RepositoryRoot, Runtime, readyToRun: false);

    /// <summary>To compile ahead would take most of the time and prove nothing more.</summary>
    public async ValueTask InitializeAsync()
    {
        // The page's build needs the pinned Node.
        await NpmPackages.EnsureInstalledAsync(Tool.RepositoryRoot, NullLogger.Instance, CancellationToken.None);
        Assert.Equal(0, await Publisher.PublishAsync());
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

[CollectionDefinition(Name)]
public sealed class PublishedCollection : ICollectionFixture<Published>
{
    public const string Name = "published";
}
