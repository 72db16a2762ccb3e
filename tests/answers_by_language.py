"""Made-up answers in 24 languages: too few people, long waits, friendly staff."""

# ruff: noqa: RUF001 - letters of other scripts are meant

from __future__ import annotations

ANSWERS = {
    "ar": ["لا يوجد عدد كاف من الموظفين في الخدمة", "ننتظر الموعد أشهرا طويلة", "الموظفون لطفاء جدا معنا"],
    "cs": ["Chybí nám zkušení pracovníci a nikdo se nehlásí", "Na termín se čeká příliš dlouho"],
    "cy": ["Does dim digon o staff i wneud y gwaith", "Mae'r aros am apwyntiad yn rhy hir o lawer"],
    "da": ["Der mangler personale, og ingen søger stillingerne", "Vi venter alt for længe på hjælp"],
    "de": ["Es fehlt an Personal, niemand bewirbt sich", "Die Wartezeiten sind viel zu lang geworden"],
    "el": ["Δεν υπάρχει αρκετό προσωπικό στην υπηρεσία", "Περιμένουμε πάρα πολύ για ένα ραντεβού"],
    "en": ["There are not enough people to do the work", "We wait far too long for an appointment"],
    "es": ["No hay suficiente personal para hacer el trabajo", "Esperamos demasiado tiempo para una cita"],
    "fi": ["Työntekijöitä on aivan liian vähän", "Odotamme vastaanottoaikaa aivan liian kauan"],
    "fr": ["Il n'y a pas assez de personnel dans le service", "On attend beaucoup trop longtemps"],
    "ga": ["Níl go leor foirne ann chun an obair a dhéanamh", "Bíonn orainn fanacht rófhada le coinne"],
    "hu": ["Nincs elég ember a munkához, és senki sem jelentkezik", "Túl sokat várunk egy időpontra"],
    "it": ["Non c'è abbastanza personale per fare il lavoro", "Aspettiamo troppo a lungo una visita"],
    "ja": ["仕事をする人が足りません", "予約まで長く待たされます", "職員はとても親切です"],
    "ko": ["일할 사람이 충분하지 않습니다", "예약까지 너무 오래 기다립니다", "직원들이 매우 친절합니다"],
    "nl": ["Er is niet genoeg personeel om het werk te doen", "We wachten veel te lang op een afspraak"],
    "pl": ["Brakuje pracowników i nikt się nie zgłasza", "Za długo czekamy na wizytę u lekarza"],
    "pt": ["Não há pessoal suficiente para fazer o trabalho", "Esperamos tempo demais por uma consulta"],
    "ru": ["Не хватает людей, чтобы делать эту работу", "Мы слишком долго ждём приёма у врача"],
    "sv": ["Det finns inte tillräckligt med personal", "Vi väntar alldeles för länge på en tid"],
    "th": ["มีเจ้าหน้าที่ไม่เพียงพอสำหรับงานนี้", "เรารอนัดหมายนานเกินไป"],
    "tr": ["İşi yapacak yeterli personel yok", "Randevu için çok uzun süre bekliyoruz"],
    "uk": ["Бракує людей, щоб виконувати цю роботу", "Ми надто довго чекаємо на прийом",
           "Їм дуже бракує грошей і підтримки, тому вони часто звільняються"],
    "zh": ["没有足够的人手来做这项工作", "預約要等很久才能看到醫生", "工作人员对我们非常好"],
}  # fmt: skip
