using System.Globalization;
using System.Text;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Simulation.Checks;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Simulation.Scene;

/// <summary>
/// Faults of a whole service or of the whole shop: outages, resharding, deployments and rollbacks, foreign records.
/// </summary>
public sealed class Disasters(World world, Wishes wishes)
{
    private static readonly string[] Services = ["kinesis", .. ShopTopology.Tables.Except([ShopTopology.Connections]).Select(table => table.Name), "clickhouse", "clickhouse/writes", "sns", "sqs", "ses", "cloudfront"];

    private static readonly string[] ServicesOfBrowsers = [ShopTopology.Connections.Name, "sockets"];

    // A world has one or two outages for any number of services, and every second world a long one.
    private static readonly double Outages = 1.6 / Services.Length;

    private static readonly double LongOutages = 0.65 / Services.Length;

    private static readonly string[] HotTables = [ShopTopology.StreamTips.Name, ShopTopology.ProductsV1.Name];

    // Readers of commands before their writers.
    private static readonly string[] Writers = [ShopTopology.CommandsToEvents.Name, ShopTopology.CommandApi.Name];

    /// <summary>One invalid value in an otherwise valid record.</summary>
    private static readonly (string Field, string Value)[] Faults =
    [
        ("data", "{\"price\":7}"),
        ("data", "null"),
        ("key", "null"),
        ("type", "null"),
        ("typeVersion", "2147483647"),
        ("actor", "null"),
        ("actor", "\"\\ud800\""),
        ("role", "null"),
    ];

    private readonly Dice _dice = world.Dice;
    private int _strangers;

    /// <summary>Schedules them for the time in which clients work.</summary>
    public void Plan()
    {
        foreach (var service in world.Sockets is null ? Services : [.. Services, .. ServicesOfBrowsers])
        {
            Maybe($"outage.{service}", Outages, 60, () => world.Network.TakeAway(service, TimeSpan.FromSeconds(60 * _dice.Roll($"outage.{service}.seconds"))));
            Maybe($"long-outage.{service}", LongOutages, 60, () => world.Network.TakeAway(service, TimeSpan.FromMinutes(40 * _dice.Roll($"outage.{service}.minutes"))));
        }

        for (var i = 0; i < 2; i++)
        {
            foreach (var table in HotTables) Maybe($"hot-key.{table}", 0.15, 60, () => world.Network.TakeAway($"{table}/{ProductStreams.IdOf(wishes.AnyProduct())}", TimeSpan.FromSeconds(20 * _dice.Roll($"hot-key.{table}.seconds"))));
            Maybe("split", 0.3, 60, () => world.Kinesis.Split(_dice.Roll("split.which", 1000)));
            Maybe("merge", 0.3, 60, () => world.Kinesis.Merge(_dice.Roll("merge.which", 1000)));
            Maybe("poison.unreadable", 0.5, 60, () => world.Kinesis.PutForeign(ProductStreams.IdOf(wishes.AnyProduct()).ToString(), "{\"what\":"u8.ToArray()));
            Maybe("poison.malformed", 0.5, 60, PutMalformed);
        }

        Maybe("mappings.stand-still", 0.1, 60, () => world.StandStill(TimeSpan.FromMinutes(10 * _dice.Roll("mappings.minutes"))));
        // Shorter than the retention of the command stream.
        Maybe("mappings.off", 0.02, 60, () => world.StandStill(ShopTopology.Commands.Retention * 0.9 * _dice.Roll("mappings.days")));
        Maybe("redrive", 0.2, 60, () => world.Queues.ForEach(queue => queue.Redrive()));
        Maybe("redrive.parked", 0.2, 60, world.RedriveParked);
        if (_dice.Happens("deployment", 0.4)) PlanDeployment();
        Maybe("roll-back", 0.2, 60, () => Deploy(world.ProgramNames.ElementAt(_dice.Roll("roll-back.which", world.ProgramNames.Count)), Release.Before));
    }

    /// <summary>
    /// All programs start with the previous release and are deployed one after another. Readers precede writers, unless
    /// the deployment is careless.
    /// </summary>
    private void PlanDeployment()
    {
        foreach (var program in world.ProgramNames) world.Deploy(program, Release.Before, recycles: false);
        List<string> order = [.. world.ProgramNames.Except(Writers), .. Writers];
        if (_dice.Happens("deployment.careless", 0.2)) order = [.. order.OrderBy(_ => _dice.Roll("deployment.order"))];
        var at = TimeSpan.Zero;
        foreach (var program in order)
        {
            at += TimeSpan.FromSeconds(12 * _dice.Roll("deployment.when"));
            world.Simulator.After(at, () => Deploy(program, Release.Newest));
        }
    }

    private void Maybe(string place, double chance, double within, Action happen)
    {
        if (_dice.Happens(place, chance)) world.Simulator.After(TimeSpan.FromSeconds(within * _dice.Roll($"{place}.when")), () =>
        {
            if (_dice.FaultsAreOn) happen();
        });
    }

    private void Deploy(string program, Release release) => world.Deploy(program, release, recycles: _dice.Roll("deploy.recycle") < 0.5);

    private void PutMalformed()
    {
        var stream = ProductStreams.IdOf(wishes.AnyProduct());
        var id = Mix.Uuid(Mix.Of(world.Seed, 0x2222), (ulong)_strangers++);
        var actor = Wishes.Sellers[0];
        var at = world.Simulator.UtcNow;
        world.Truth.Sending(new SentCommand(new CommandRecord(id, null, stream, new DeleteProduct("?"), actor, DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds())), actor, IsMalformed: true, null));
        var (fault, value) = Faults[_dice.Roll("poison.fault", Faults.Length)];
        string[] fields = [.. Fields(stream, actor, at).Select(one => $"\"{one.Field}\":{(one.Field == fault ? value : one.Value)}")];
        world.Kinesis.PutForeign(stream.ToString(), Encoding.UTF8.GetBytes($$"""{"id":"{{id}}",{{string.Join(',', fields)}}}"""));
    }

    private static IEnumerable<(string Field, string Value)> Fields(StreamId stream, Actor actor, DateTimeOffset at) =>
    [
        ("key", "\"6579c22f-be2b-444c-a52b-0116dd82df6c\""),
        ("stream", $"\"{stream}\""),
        ("type", "\"UpdateProductPrice\""),
        ("typeVersion", "1"),
        ("data", "{\"price\":{\"amount\":80,\"currency\":\"USD\"}}"),
        ("actor", $"\"{actor.Id}\""),
        ("role", $"\"{actor.Role}\""),
        ("at", at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)),
    ];
}
