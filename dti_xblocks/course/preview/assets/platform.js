/* What an Open edX page gives to blocks besides jQuery and underscore. Small stand-ins, only as much as blocks use. */
(function () {
  "use strict";
  var $ = window.jQuery;
  window.$ = $;

  function cookie(name) {
    var match = new RegExp("(?:^|;\\s*)" + name + "=([^;]*)").exec(document.cookie);
    return match ? decodeURIComponent(match[1]) : "";
  }

  // Every request of a block's script carries the token that the server asks for.
  $.ajaxSetup({
    beforeSend: function (request, settings) {
      if (!/^(GET|HEAD|OPTIONS|TRACE)$/i.test(settings.type) && !this.crossDomain) {
        request.setRequestHeader("X-CSRFToken", cookie("csrftoken"));
      }
    },
  });
  $.postWithPrefix = $.post;
  $.getWithPrefix = $.get;
  $.ajaxWithPrefix = $.ajax;

  window.gettext = window.gettext || function (text) { return text; };
  window.ngettext = window.ngettext || function (one, many, count) { return count === 1 ? one : many; };
  window.pgettext = window.pgettext || function (context, text) { return text; };
  window.interpolate = window.interpolate || function (format, values, named) {
    return named
      ? format.replace(/%\((\w+)\)s/g, function (match, name) { return String(values[name]); })
      : format.replace(/%s/g, function () { return String(values.shift()); });
  };

  window.Logger = {
    log: function () { return $.Deferred().resolve().promise(); },
    listen: function () {},
    bind: function () {},
  };
  window.onTouchBasedDevice = function () { return null; };
  window.accessible_modal = function () {};
  window.edx = window.edx || {};

  function HtmlSnippet(text) { this.text = text; }
  HtmlSnippet.prototype.toString = function () { return this.text; };
  HtmlSnippet.prototype.valueOf = HtmlSnippet.prototype.toString;

  function fill(format, values) {
    return String(format).replace(/{(\w+)}/g, function (match, name) {
      return values && Object.prototype.hasOwnProperty.call(values, name) ? values[name] : match;
    });
  }
  var StringUtils = window.edx.StringUtils = {interpolate: fill};
  var HtmlUtils = window.edx.HtmlUtils = {
    HtmlSnippet: HtmlSnippet,
    HTML: function (text) { return text instanceof HtmlSnippet ? text : new HtmlSnippet(String(text)); },
    ensureHtml: function (text) { return text instanceof HtmlSnippet ? text : new HtmlSnippet(window._.escape(String(text))); },
    interpolateHtml: function (format, values) {
      return new HtmlSnippet(fill(HtmlUtils.ensureHtml(format).toString(), window._.mapObject(values, HtmlUtils.ensureHtml)));
    },
    joinHtml: function () {
      return new HtmlSnippet(Array.prototype.map.call(arguments, function (part) { return HtmlUtils.ensureHtml(part); }).join(""));
    },
    template: function (text, settings) {
      return function (data) {
        return HtmlUtils.HTML(window._.template(text, settings)(
          window._.extend({HtmlUtils: HtmlUtils, StringUtils: StringUtils}, data || {})));
      };
    },
    setHtml: function (element, html) { return $(element).html(HtmlUtils.ensureHtml(html).toString()); },
    append: function (element, html) { return $(element).append(HtmlUtils.ensureHtml(html).toString()); },
    prepend: function (element, html) { return $(element).prepend(HtmlUtils.ensureHtml(html).toString()); },
  };

  // Screen reader announcements.
  var speaker;
  function read(texts) {
    if (!speaker) {
      speaker = document.createElement("div");
      speaker.className = "sr";
      speaker.setAttribute("role", "status");
      speaker.setAttribute("aria-live", "polite");
      document.body.appendChild(speaker);
    }
    speaker.textContent = texts.join(" ");
  }
  window.SR = {
    readText: function (text) { read([$("<div>").html(text).text()]); },
    readTexts: function (texts) { read(texts.map(function (text) { return $("<div>").html(text).text(); })); },
    clear: function () { if (speaker) { speaker.textContent = ""; } },
  };

  // jquery.scrollTo, as far as blocks call it: scroll the window to an element.
  $.scrollTo = function (target) {
    var node = $(target)[0];
    if (node) { node.scrollIntoView({block: "nearest"}); }
    return $(window);
  };
  $.fn.scrollTo = function (target) {
    var node = typeof target === "object" || typeof target === "string" ? $(target)[0] : null;
    if (node && this[0] && this[0] !== window) {
      this[0].scrollTop += node.getBoundingClientRect().top - this[0].getBoundingClientRect().top;
    }
    return this;
  };
  // jquery.qtip: the annotation becomes the element's own tooltip, reachable by keyboard.
  $.fn.qtip = function (options) {
    if (typeof options === "string") { return options === "api" ? undefined : this; }
    return this.each(function () {
      var content = (options && options.content) || {};
      var texts = [content.title && content.title.text, content.text].map(function (part) {
        return part && typeof part !== "function" ? $("<div>").append(part).text().trim() : "";
      });
      this.title = texts.filter(Boolean).join(": ");
      this.tabIndex = 0;
    });
  };
  $.fn.leanModal = $.fn.leanModal || function () { return this; };

  window.globalTooltipManager = {openTooltip: function () {}, hide: function () {}};
})();
