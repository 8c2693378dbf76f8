using System.Text;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.EventStore.Writing;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Specs.Writing;

/// <summary>How an operator lists, resumes and refuses parked commands.</summary>
public sealed class ParkedCommandsSpecs
{
    private static readonly StreamId Product = Shard.Product();

    private readonly Shard _shard = new();
    private readonly List<ArrivedRecord> _put = [];
    private readonly ParkedCommands _parked;

    public ParkedCommandsSpecs() => _parked = new ParkedCommands(_shard.Tips, ShopDomain.Instance, (records, _) =>
    {
        _put.AddRange(records.Select(record => _shard.Raw(record.Stream.ToString(), record.Data.ToArray())));
        return Task.CompletedTask;
    });

    [Fact]
    public async Task Streams_with_parked_commands_are_listed_with_what_waits_first()
    {
        await ParkAsync();

        var stream = Assert.Single(await _parked.ListAsync(default).ToListAsync());
        Assert.Equal((Product, 2, "FeatureProduct", true), (stream.Stream, stream.Count, stream.Type, stream.IsNewer));
    }

    [Fact]
    public async Task Refused_command_is_decided_by_the_consumer_and_those_behind_it_too()
    {
        var (newer, behind) = await ParkAsync();
        var stream = await _parked.ListAsync(default).SingleAsync();

        Assert.True(await _parked.RefuseAsync(stream, "The feature was dropped.", default));
        Assert.False((await _parked.ListAsync(default).SingleAsync()).IsNewer);
        Assert.Null(await _shard.NewProcess().ProcessAsync(Shard.Source, _put, default));

        Assert.Equal(("malformed", "The feature was dropped."), ((await _shard.OutcomeAsync(newer)).Code, (await _shard.OutcomeAsync(newer)).Reason));
        Assert.Equal(CommandStatus.Applied, (await _shard.OutcomeAsync(behind)).Status);
        Assert.Empty(await _parked.ListAsync(default).ToListAsync());
        Assert.False(await _parked.RefuseAsync(stream, "again", default));
    }

    [Fact]
    public async Task Redriven_command_that_is_still_newer_waits_on_and_is_kept_once()
    {
        await ParkAsync();
        await _parked.RedriveAsync([await _parked.ListAsync(default).SingleAsync()], default);

        Assert.Null(await _shard.NewProcess().ProcessAsync(Shard.Source, _put, default));

        Assert.Equal(2, (await _parked.ListAsync(default).SingleAsync()).Count);
    }

    private async Task<(CommandRecord Newer, CommandRecord Behind)> ParkAsync()
    {
        var (newer, behind) = (_shard.Price(Product, 60), _shard.Price(Product, 80));
        var record = Encoding.UTF8.GetString(CommandJson.Write(ShopContracts.Commands, newer)).Replace("UpdateProductPrice", "FeatureProduct", StringComparison.Ordinal);
        await _shard.NewProcess().ProcessAsync(Shard.Source, [.. _shard.Put(_shard.Create(Product)), _shard.Raw(Product.ToString(), Encoding.UTF8.GetBytes(record)), .. _shard.Put(behind)], default);
        return (newer, behind);
    }
}
