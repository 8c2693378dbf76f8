using System.Reflection;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.Topology.Specs;

/// <summary>AWS's own rules for the topology.</summary>
public sealed class ShopTopologySpecs
{
    public static TheoryData<string> Functions => [.. ShopTopology.Functions.Select(function => function.Name)];

    public static TheoryData<string> Queues => [.. ShopTopology.Queues.Select(queue => queue.Name)];

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_queue_hides_a_message_for_six_times_as_long_as_its_function_may_take(string name)
    {
        if (Function(name).Mapping is QueueMapping mapping) Assert.True(mapping.Source.VisibilityTimeout >= Function(name).Timeout * 6);
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_batch_keeps_within_what_a_mapping_allows(string name)
    {
        if (Function(name).Mapping is not BatchMapping mapping) return;
        Assert.InRange(mapping.BatchSize, 1, 10_000);
        Assert.InRange(mapping.Window, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        // Lambda's guide: a queue's batch of more than 10 needs a window of at least a second.
        if (mapping is QueueMapping { BatchSize: > 10 }) Assert.True(mapping.Window >= TimeSpan.FromSeconds(1));
        if (mapping is QueueMapping queue) Assert.InRange(queue.Concurrency, 2, 1000);
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_schedule_is_one_that_EventBridge_takes_and_leaves_no_two_ticks_at_work_at_once(string name)
    {
        if (Function(name).Mapping is not ScheduleMapping { Every: var every }) return;
        Assert.True(every >= TimeSpan.FromMinutes(1) && every.Ticks % TimeSpan.TicksPerMinute == 0, $"{every} is not whole minutes.");
        Assert.True(Function(name).Timeout <= every);
    }

    [Theory]
    [MemberData(nameof(Queues))]
    public void A_message_is_tried_at_least_five_times_before_it_is_a_dead_letter(string name) => Assert.True(Queue(name).MaxReceiveCount >= 5);

    [Theory]
    [MemberData(nameof(Queues))]
    public void Message_given_back_for_want_of_time_has_more_receives_than_one_that_fails(string name) => Assert.True(Queue(name).RedriveReceiveCount >= 4 * Queue(name).MaxReceiveCount);

    [Theory]
    [MemberData(nameof(Queues))]
    public void A_queue_filters_by_a_tag_that_events_carry(string name) =>
        Assert.Contains(Queue(name).Tag, ShopContracts.Events.Types.SelectMany(type => ShopContracts.Events.NameOf(type).Tags));

    [Theory]
    [MemberData(nameof(Queues))]
    public void A_queue_delays_within_what_SQS_allows(string name) => Assert.InRange(Queue(name).Delay, TimeSpan.Zero, TimeSpan.FromMinutes(15));

    [Fact]
    public void An_order_is_looked_after_as_soon_as_its_time_is_over() => Assert.Equal(Shop.Orders.OrderLimits.ReservationWindow, ShopTopology.Timeouts.Delay);

    [Fact]
    public void The_tags_of_all_events_fit_the_ten_attributes_of_a_raw_message() =>
        Assert.True(ShopContracts.Events.Types.SelectMany(type => ShopContracts.Events.NameOf(type).Tags).Distinct().Count() <= 10);

    [Fact]
    public void A_method_goes_to_one_service_alone()
    {
        var methods = ShopTopology.All.Services.SelectMany(service => service.Methods).ToList();
        Assert.Equal(methods.Distinct().Count(), methods.Count);
        Assert.Equal(["DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"], methods.Order());
    }

    [Fact]
    public void An_environment_variable_is_named_once_in_a_program() =>
        Assert.All(ShopTopology.All.Programs, program =>
            Assert.Equal(program.Environment.Count, program.Environment.DistinctBy(setting => setting.Name).Count()));

    [Fact]
    public void Every_part_that_is_declared_is_listed()
    {
        Assert.Equal(Declared<Table>(), ShopTopology.Tables.ToHashSet());
        Assert.Equal(Declared<Queue>(), ShopTopology.Queues.ToHashSet());
        Assert.Equal(Declared<Function>(), ShopTopology.Functions.ToHashSet());
        Assert.Equal(Declared<HttpService>(), ShopTopology.All.Services.ToHashSet());
    }

    [Fact]
    public void A_function_is_named_from_to_as_its_folder_is() =>
        Assert.All(ShopTopology.Functions, function => Assert.Equal($"functions/{function.Name}", function.Project));

    private static Function Function(string name) => ShopTopology.Functions.Single(function => function.Name == name);

    private static Queue Queue(string name) => ShopTopology.Queues.Single(queue => queue.Name == name);

    private static HashSet<T> Declared<T>() =>
        [.. typeof(ShopTopology).GetProperties(BindingFlags.Public | BindingFlags.Static).Select(property => property.GetValue(null)).OfType<T>()];
}
