using ServerlessCqrs.Shop.Products;
using static ServerlessCqrs.Shop.Specs.Products.Backpack;

namespace ServerlessCqrs.Shop.Specs.Products;

public class CompleteReservationSpecs
{
    private static readonly CompleteReservation Complete = new(Order);

    [Fact]
    public void Reserved_pieces_are_sold() => Given(Created, Reserved(2)).When(Complete, Process).Then(new ReservationCompleted(Order));

    [Fact]
    public void What_is_sold_is_not_released() => Given(Created, Reserved(2), new ReservationCompleted(Order)).When(Release, Process, ReserveBy.AddDays(1)).ThenUnchanged();

    [Fact]
    public void Completing_what_is_not_reserved_changes_nothing()
    {
        Given(Created).When(Complete, Process).ThenUnchanged();
        Given(Created, Reserved(2), new ReservationCompleted(Order)).When(Complete, Process).ThenUnchanged();
        Given(Created, Reserved(2), Deleted).When(Complete, Process).ThenUnchanged();
    }
}
