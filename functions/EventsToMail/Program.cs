using ServerlessCqrs.EventsToMail;
using ServerlessCqrs.Functions.Mails;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Shop;

return await FunctionHost.RunAsync(args, function =>
{
    function.Services.AddMails<Addressees>(function.Configuration, ShopDomain.Instance, EventTags.Mail, "EventsToMail");
    function.Services.AddShopMails(function.Configuration);
});
