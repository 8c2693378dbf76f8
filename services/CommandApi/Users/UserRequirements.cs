using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Web;
using ServerlessCqrs.Web.Commands;

namespace ServerlessCqrs.CommandApi.Users;

/// <summary>What commands of other streams require of a customer.</summary>
internal static class UserRequirements
{
    /// <summary>The customer is not deactivated. A customer who never registered is not.</summary>
    public static Requirement Active(string customer) => new(
        CustomerStreams.IdOf(customer),
        Missing: null,
        Against: state => state is CustomerState.Deactivated
            ? Problem.Of(CustomerRefusals.UserDeactivated, "The customer was deactivated.")
            : null);
}
