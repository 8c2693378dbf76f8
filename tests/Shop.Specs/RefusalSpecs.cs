using System.Reflection;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Specs;

public sealed class RefusalSpecs
{
    [Fact]
    public void Domain_lists_every_refusal_of_the_shop()
    {
        var classes = typeof(ProductRefusals).Assembly.GetTypes()
            .Where(type => type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static).Any(field => field.FieldType == typeof(Refusal)));

        Assert.Equivalent(Refusal.DeclaredIn([.. classes]), ShopDomain.Instance.Refusals);
    }

    [Fact]
    public void Code_with_two_kinds_is_refused_when_the_domain_is_built()
    {
        var twice = Assert.Throws<InvalidOperationException>(() =>
            ShopDomain.Instance with { Refusals = [Refusal.Rule("twice"), Refusal.Gone("twice")] });

        Assert.Equal("The refusal 'twice' is declared as Rule and as Gone. Declare one kind.", twice.Message);
    }
}
