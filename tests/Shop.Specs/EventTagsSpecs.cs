using System.Reflection;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Specs;

/// <summary>Which subscriber gets which events.</summary>
public class EventTagsSpecs
{
    [Fact]
    public void An_event_is_tagged_by_its_followers_and_by_nothing_else() => Assert.Equal(
        typeof(EventTags).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetValue(null)!).Order(),
        ShopContracts.Events.NewestTypes.SelectMany(TagsOf).Distinct().Order());

    /// <summary>
    /// A read model must get every version of its streams. It treats a version that it does not get as lost.
    /// </summary>
    [Fact]
    public void All_events_of_a_kind_of_stream_become_documents_or_none() => Assert.All(
        ShopContracts.Events.NewestTypes.GroupBy(type => type.GetInterfaces().Single(contract => contract != typeof(IEvent) && contract.IsAssignableTo(typeof(IEvent)))),
        kind => Assert.Single(kind.Select(type => TagsOf(type).Contains(EventTags.Document)).Distinct()));

    [Fact]
    public void Watches_and_customers_have_no_followers() =>
        Assert.All(ShopContracts.Events.NewestTypes.Where(type => type.Namespace!.EndsWith("Watches", StringComparison.Ordinal) || type.Namespace.EndsWith("Customers", StringComparison.Ordinal)), type => Assert.Empty(TagsOf(type)));

    [Fact]
    public void Only_a_new_order_is_looked_at_again() =>
        Assert.Equal([typeof(OrderCreated)], ShopContracts.Events.NewestTypes.Where(type => TagsOf(type).Contains(EventTags.Timeout)));

    private static IReadOnlyList<string> TagsOf(Type type) => ShopContracts.Events.NameOf(type).Tags;
}
