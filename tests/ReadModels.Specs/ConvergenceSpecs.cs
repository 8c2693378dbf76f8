using CsCheck;
using ServerlessCqrs.Projections;
using ServerlessCqrs.ReadModels.Specs.Given;
using ServerlessCqrs.ShopViews.Products;

namespace ServerlessCqrs.ReadModels.Specs;

public sealed class ConvergenceSpecs
{
    private static readonly Gen<Story[]> Stories = Gen.Int[0, 1000].Array[0, 12].Array[1, 4]
        .Select(stories => stories.Select((steps, number) => steps.Aggregate(new Story(number), (story, step) => story.Random(step))).ToArray());

    [Trait("Guarantee", "SNS → EventsToReadModels: any order, any duplicates and any loss except of the last hint give the same documents")]
    [Fact]
    public void Any_order_duplicates_and_loss_before_the_last_hint_end_at_the_fold() =>
        Gen.Select(Stories, Gen.Int[0, int.MaxValue - 1]).Sample(
            (stories, seed) =>
            {
                var delivery = new Delivery(new Random(seed));
                var (products, shelves) = (new InMemoryProducts(), new InMemoryReadModel<OnShelf>());
                delivery.RunAsync([.. stories.Select(story => story.Events)], reader => new ReadModelCatalogue(
                    new ReadModel("products-v1", new Projector<ProductDocument>(delivery.Unsteady(products), new ProductProjection(), reader)),
                    new ReadModel("shelves-v1", new Projector<OnShelf>(delivery.Unsteady(shelves), new ShelfProjection(), reader)))).GetAwaiter().GetResult();
            },
            iter: 500);
}
