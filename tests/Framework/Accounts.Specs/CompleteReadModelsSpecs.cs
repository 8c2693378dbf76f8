using ServerlessCqrs.Projections.Declarations;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Accounts.Specs;

/// <summary>For each thing that one can forget: a read model that lacks exactly that, and the message that names it.</summary>
public sealed class CompleteReadModelsSpecs
{
    private const string File = "tests/Framework/Accounts.Specs/ToyViews.cs";

    private static readonly Domain Toys = new()
    {
        Deciders = [new ToyDecider()],
        Commands = new WireContracts(ToyJson.Default, [typeof(PaintToy), typeof(WashToy)]),
        Events = new WireContracts(ToyJson.Default, [typeof(ToyPainted), typeof(ToyWashed)]),
        Refusals = Refusal.DeclaredIn(typeof(ToyLimits)),
        Roles = [Actor.Operator],
    };

    [Fact]
    public void Complete_read_models_are_accepted()
    {
        Of(new ToyProjection()).EnsureComplete(Toys);
        AccountViews.All.EnsureComplete(AccountDomain.Instance);
    }

    [Fact]
    public void Event_without_a_projection_is_named() => Assert.Equal(
        $"ToyWashed has no projection. Add a case to ToyProjectionWithoutWashing.Apply in {File}.",
        Missing(Of(new ToyProjectionWithoutWashing())));

    [Fact]
    public void Projection_may_say_that_it_ignores_other_events() =>
        Of(new ToyProjectionThatIgnoresWashing()).EnsureComplete(Toys);

    [Fact]
    public void Projection_of_no_stream_is_named() => Assert.Equal(
        $"No stream has the category 'toi', which ToyProjectionOfAnotherStream in {File} follows.",
        Missing(Of(new ToyProjectionOfAnotherStream())));

    [Fact]
    public void Document_whose_json_changed_without_its_shape_is_named() => Assert.Equal(
        $"The JSON of ToyDocument changed, and its shape did not. Write new(5, \"{ToyProjection.Print}\") in {File}.",
        Missing(Of(new ToyProjectionOfAnOlderShape())));

    [Fact]
    public void List_that_no_document_declares_is_named() => Assert.Equal(
        "No document declares the list ToyLists.ByColour. Add it to the Lists of a DocumentDeclaration of ToyDocument.",
        Missing(new(new ReadModelDeclaration("toys-v1", new DocumentDeclaration<ToyDocument>(new ToyProjection())))));

    [Fact]
    public void List_key_that_would_not_be_stored_is_named() => Assert.Equal(
        "2 attributes of ToyDocument are called 'colour', and only one is stored. Give each its own name.",
        Missing(Of(new ToyProjection(), ToyLists.Of("by-shade", "shade") with { Partition = new("colour", toy => $"shade of {toy.Colour}") })));

    [Fact]
    public void List_with_the_name_of_another_is_named() => Assert.Equal(
        "2 lists of ToyDocument are called 'by-shade'. Give each its own name.",
        Missing(Of(new ToyProjection(), ToyLists.Of("by-shade", "shade"), ToyLists.Of("by-shade", "shade"))).Split('\n')[0]);

    [Fact]
    public void Attribute_that_a_list_carries_and_no_document_stores_is_named() => Assert.Equal(
        "The list 'by-shade' carries 'price', which ToyDocument does not store. Declare it in Beside.",
        Missing(Of(new ToyProjection(), ToyLists.Of("by-shade", "shade", "price"))));

    [Fact]
    public void Read_models_of_an_incomplete_domain_are_refused() => Assert.Contains(
        "ToyWashed has no evolve.",
        Assert.Throws<InvalidOperationException>(() =>
            Of(new ToyProjection()).EnsureComplete(Toys with { Deciders = [new ToyThatStaysDirty()] })).Message,
        StringComparison.Ordinal);

    private static string Missing(ReadModelDeclarations models)
    {
        var message = Assert.Throws<InvalidOperationException>(() => models.EnsureComplete(Toys)).Message;
        const string Beginning = "The read models are not complete:\n";
        Assert.StartsWith(Beginning, message, StringComparison.Ordinal);
        return message[Beginning.Length..];
    }

    private static ReadModelDeclarations Of(ToyProjection projection, params IReadOnlyList<DocumentList<ToyDocument>> lists) =>
        new(new ReadModelDeclaration("toys-v1", new DocumentDeclaration<ToyDocument>(projection) { Lists = [ToyLists.ByColour, .. lists] }));
}
